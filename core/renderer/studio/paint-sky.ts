import { addLight, type Canvas, enlarge, newCanvas, putOver } from './canvas.ts';
import { blend, type Rgb } from './colour.ts';
import type { Look } from './look.ts';
import { clamp, mix, type NoiseTile, sampleNoise, smoothstep } from './noise.ts';

/** Clouds have no edge worth painting finer than this many canvas pixels. */
const COARSENESS = 3;

/** Paints the whole canvas as sky: gradient, clouds lit from the light's side, stars, sun or moon with its glow. */
export function paintSky(
  size: { width: number; height: number },
  look: Look,
  horizon: number,
  noise: NoiseTile,
  random: () => number,
): Canvas {
  const coarse = newCanvas(Math.ceil(size.width / COARSENESS), Math.ceil(size.height / COARSENESS));
  const drift = random() * 7;
  paintGradient(coarse, look, horizon);
  paintGlow(coarse, look, 0.62);
  paintClouds(coarse, look, horizon, noise, drift);
  const sky = enlarge(coarse, size.width, size.height);
  if (look.stars > 0) paintStars(sky, look, horizon, random);
  paintDisc(sky, look, noise);
  return sky;
}

function paintGradient({ width, height, rgb }: Canvas, look: Look, horizon: number): void {
  const [zenith, middle, low] = look.sky;
  for (let y = 0; y < height; y++) {
    const t = clamp(y / (height * horizon));
    const colour =
      t < 0.55 ? blend(zenith, middle, smoothstep(0, 0.55, t)) : blend(middle, low, smoothstep(0.5, 1, t));
    for (let x = 0; x < width; x++) rgb.set(colour, (y * width + x) * 3);
  }
}

/** Light spread in the air: wide and faint, then narrow and strong. */
function paintGlow(canvas: Canvas, look: Look, reach: number): void {
  const { width, height } = canvas;
  const scale = Math.max(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const distance = Math.hypot(x - look.light.x * width, (y - look.light.y * height) * 1.15) / scale;
      const amount = Math.exp(-distance / (reach * 0.32)) * 0.55 + Math.exp(-((distance / 0.09) ** 2)) * 0.35;
      addLight(canvas, i, look.light.colour, amount * look.light.strength);
    }
  }
}

function paintClouds(canvas: Canvas, look: Look, horizon: number, noise: NoiseTile, drift: number): void {
  const { width, height } = canvas;
  const aspect = width / height;
  const threshold = mix(0.66, 0.34, look.cloud.cover);
  const toLight = look.light.x * aspect;
  for (let y = 0; y < height * Math.min(1, horizon + 0.05); y++) {
    const v = y / height;
    // Clouds flatten towards the horizon as if seen from below.
    const depth = 0.28 + 0.9 * Math.max(0.05, 1 - v / horizon);
    for (let x = 0; x < width; x++) {
      const u = (x / width) * aspect;
      const sx = (u - aspect / 2) / depth;
      const sy = 1.1 / depth;
      const warp = sampleNoise(noise, sx * 0.21 + drift, sy * 0.4) - 0.5;
      const density = cloudDensity(noise, sx + warp * 0.5 + drift, sy + warp * 0.4);
      const body = smoothstep(threshold, threshold + 0.2, density);
      if (body <= 0.01) continue;
      const step = Math.sign(toLight - u) * 0.05;
      const behind = cloudDensity(noise, sx + warp * 0.5 + drift + step, sy + warp * 0.4 - 0.05);
      const lit = clamp(0.5 + (density - behind) * 5 + (0.62 - body) * 0.35);
      const near = Math.exp(-Math.hypot(u - toLight, v - look.light.y) * 2.2) * look.light.strength;
      const colour = blend(blend(look.cloud.dark, look.cloud.lit, lit), look.light.colour, near * 0.55 * lit);
      putOver(canvas, y * width + x, colour, body * 0.88 * smoothstep(horizon + 0.04, horizon - 0.12, v));
    }
  }
}

function cloudDensity(noise: NoiseTile, x: number, y: number): number {
  return (
    sampleNoise(noise, x * 0.16, y * 0.34) * 0.62 +
    sampleNoise(noise, x * 0.47 + 0.3, y * 0.9) * 0.26 +
    sampleNoise(noise, x * 1.3 + 0.7, y * 2.2) * 0.12
  );
}

function paintStars(canvas: Canvas, look: Look, horizon: number, random: () => number): void {
  const { width, height } = canvas;
  const count = Math.round((width * height * look.stars) / 1500);
  for (let n = 0; n < count; n++) {
    const x = Math.floor(random() * width);
    const y = Math.floor(random() ** 1.3 * height * horizon);
    const size = random();
    const colour: Rgb = random() < 0.3 ? [1, 0.9, 0.78] : [0.86, 0.92, 1];
    const fade = smoothstep(horizon, horizon * 0.5, y / height) * (0.25 + size ** 4);
    dot(canvas, x, y, size > 0.94 ? 2.2 : 0.9, colour, fade);
  }
}

function dot(canvas: Canvas, cx: number, cy: number, radius: number, colour: Rgb, strength: number): void {
  const reach = Math.ceil(radius * 2);
  for (let y = Math.max(0, cy - reach); y <= Math.min(canvas.height - 1, cy + reach); y++)
    for (let x = Math.max(0, cx - reach); x <= Math.min(canvas.width - 1, cx + reach); x++) {
      const fall = Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (radius * radius));
      addLight(canvas, y * canvas.width + x, colour, fall * strength);
    }
}

function paintDisc(canvas: Canvas, look: Look, noise: NoiseTile): void {
  const { width, height } = canvas;
  if (look.light.kind === 'lamp' || look.light.strength < 0.12) return;
  const radius = Math.sqrt(width * height) * (look.light.kind === 'moon' ? 0.055 : 0.042);
  const cx = look.light.x * width;
  const cy = look.light.y * height;
  const reach = Math.ceil(radius * 1.2);
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(height, cy + reach); y++)
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(width, cx + reach); x++) {
      const distance = Math.hypot(x - cx, y - cy);
      const edge = smoothstep(radius + 1.5, radius - 1.5, distance);
      if (edge <= 0) continue;
      const seas = sampleNoise(noise, x / (radius * 5), y / (radius * 5));
      const face = look.light.kind === 'moon' ? mix(0.72, 1.02, smoothstep(0.35, 0.6, seas)) : 1.05;
      const white = blend(look.light.colour, [1, 1, 0.96], 0.55);
      putOver(
        canvas,
        y * width + x,
        [white[0] * face, white[1] * face, white[2] * face],
        edge * clamp(look.light.strength * 1.5),
      );
    }
}
