import { type Canvas, putOver } from './canvas.ts';
import { blend, type Rgb, shade } from './colour.ts';
import type { Look } from './look.ts';
import { clamp, mix, type NoiseTile, sampleNoise, smoothstep } from './noise.ts';

/** One chain of hills, dunes or mountains, as seen against what is behind it. */
export interface Ridge {
  /** Mean height of the crest, and how far it swings, as shares of the canvas height (0 is the top). */
  readonly crest: number;
  readonly swing: number;
  /** Bumps across the canvas. */
  readonly bumps: number;
  /** 0 rolling hills, 1 sharp peaks. */
  readonly sharpness: number;
  readonly paint: Rgb;
  /** How much air lies before it, in [0, 1]. */
  readonly distance: number;
  /** Depth of the snow cap as a share of the canvas height; 0 for none. */
  readonly snow: number;
  /** Visible folds and rocks, in [0, 1]. */
  readonly relief: number;
  /** Falls away by `depth` (share of the height) right of `at` (share of the width), or left of it for side -1. */
  readonly drop?: { readonly at: number; readonly depth: number; readonly side: 1 | -1 };
  /** Moves the chain along the noise. */
  readonly offset: number;
}

/** Height of the crest at `u` (x over width), as a share of the canvas height. */
export function crestAt(ridge: Ridge, noise: NoiseTile, u: number): number {
  const x = u * ridge.bumps * 0.25 + ridge.offset;
  const rolling = sampleNoise(noise, x * 0.5, ridge.offset) - 0.5;
  const fold = 0.5 - Math.abs(sampleNoise(noise, x * 0.5 + 0.37, ridge.offset + 0.5) - 0.5) * 3.2;
  const rough = sampleNoise(noise, x * 3, ridge.offset + 0.21) - 0.5;
  const swing = ridge.swing * (mix(rolling * 2, fold, ridge.sharpness) + rough * 0.22 * ridge.sharpness);
  return ridge.crest - swing + fallAt(ridge, u + rough * 0.03);
}

function fallAt({ drop }: Ridge, u: number): number {
  if (!drop) return 0;
  const past = (u - drop.at) * drop.side;
  return drop.depth * (smoothstep(-0.02, 0.03, past) * 0.45 + smoothstep(0.02, 0.11, past) * 0.55);
}

/** Paints a ridge from its crest to the bottom, lit from the light's side, fading into haze at its foot. */
export function paintRidge(canvas: Canvas, ridge: Ridge, look: Look, noise: NoiseTile): void {
  const { width, height } = canvas;
  const shadowSide = blend(ridge.paint, look.haze, ridge.distance * look.hazeAmount);
  const lightColour = blend(shadowSide, look.light.colour, 0.22 + 0.3 * look.light.strength);
  const snowLit = blend([0.95, 0.96, 1], look.light.colour, 0.45);
  const snowDark = blend(shadowSide, [0.75, 0.82, 0.95], 0.45);
  const towardsLight = look.light.x > 0.5 ? 1 : -1;
  for (let x = 0; x < width; x++) {
    const u = x / width;
    const crest = crestAt(ridge, noise, u) * height;
    for (let y = Math.max(0, Math.floor(crest)); y < height; y++) {
      const depth = (y - crest) / height;
      const light = reliefAt(noise, ridge, x / height, y / height, depth, towardsLight);
      const cap = ridge.snow > 0 ? snowAt(noise, ridge, u, depth, light) : 0;
      const bare = blend(shadowSide, lightColour, light);
      const colour = cap > 0 ? blend(bare, blend(snowDark, snowLit, light), cap) : bare;
      const foot = smoothstep(0.02, 0.34, depth) * look.hazeAmount * (0.35 + ridge.distance * 0.5);
      const edge = clamp(y + 1 - crest);
      putOver(canvas, y * width + x, blend(colour, look.haze, foot), edge);
    }
  }
}

/** How much light a point of the slope gets, in [0, 1]: noise leaning away from the crest, seen as folds. */
function reliefAt(noise: NoiseTile, ridge: Ridge, x: number, y: number, depth: number, side: number): number {
  const grain = 1.1 + ridge.sharpness;
  const lean = x + depth * side * 0.7;
  const here = sampleNoise(noise, lean * grain + ridge.offset, y * grain * 0.55);
  const next = sampleNoise(noise, (lean + side * 0.028) * grain + ridge.offset, (y - 0.014) * grain * 0.55);
  return clamp(0.32 + (here - next) * 5.5 * ridge.relief + 0.26 * Math.exp(-depth * 16));
}

function snowAt(noise: NoiseTile, ridge: Ridge, u: number, depth: number, light: number): number {
  const ragged = sampleNoise(noise, u * 2.4 + ridge.offset, depth * 2 + ridge.offset);
  return smoothstep(0.04, -0.03, depth - ridge.snow * (0.4 + ragged * 1.3) + (0.4 - light) * 0.05);
}

/** Paints water from `top` (share of the height) down: the sky mirrored, ripples, and the light's path on it. */
export function paintWater(canvas: Canvas, top: number, look: Look, noise: NoiseTile): void {
  const { width, height, rgb } = canvas;
  const shore = Math.round(top * height);
  const deep = shade(blend(look.sky[0], look.sky[1], 0.35), 0.62);
  for (let y = shore; y < height; y++) {
    const depth = (y - shore) / Math.max(1, height - shore);
    const mirrorY = clamp(shore - (y - shore) * 0.72, 0, height - 1);
    for (let x = 0; x < width; x++) {
      const ripple =
        sampleNoise(noise, (x / height) * mix(1.7, 0.45, depth), (y / height) * mix(14, 3.4, depth)) - 0.5;
      const my = Math.floor(clamp(mirrorY + ripple * 90 * (0.2 + depth), 0, shore - 1));
      const mx = Math.floor(clamp(x + ripple * 60 * depth, 0, width - 1));
      const m = (my * width + mx) * 3;
      const mirrored: Rgb = [rgb[m] ?? 0, rgb[m + 1] ?? 0, rgb[m + 2] ?? 0];
      const path =
        Math.exp(-(((x / width - look.light.x) / (0.03 + depth * 0.2)) ** 2)) * look.light.strength;
      const glint = smoothstep(0.03, 0.2, ripple + path * 0.07) * path;
      const crest = smoothstep(0.1, 0.24, ripple) * 0.22;
      const body = blend(blend(mirrored, deep, 0.26 + depth * 0.46), look.cloud.lit, crest);
      rgb.set(blend(body, look.light.colour, clamp(glint * 0.85)), (y * width + x) * 3);
    }
  }
}

/** Lays a bank of haze across the canvas, thickest at `level`. */
export function paintMist(
  canvas: Canvas,
  bank: { level: number; thickness: number; amount: number },
  look: Look,
  noise: NoiseTile,
): void {
  const { width, height } = canvas;
  for (let y = 0; y < height; y++) {
    const band = Math.exp(-(((y / height - bank.level) / bank.thickness) ** 2));
    if (band < 0.02) continue;
    for (let x = 0; x < width; x++) {
      const wisp = sampleNoise(noise, (x / height) * 0.35 + bank.level, (y / height) * 1.2);
      putOver(
        canvas,
        y * width + x,
        look.haze,
        clamp(band * bank.amount * smoothstep(0.2, 0.75, wisp) * 1.2),
      );
    }
  }
}
