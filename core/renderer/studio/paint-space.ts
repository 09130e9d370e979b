import { addLight, type Canvas, putOver } from './canvas.ts';
import { blend, type Rgb } from './colour.ts';
import { clamp, sampleNoise, smoothstep } from './noise.ts';
import { paintRidge } from './paint-terrain.ts';
import { glow, type PaintSite, ridgeAt, type Site } from './site.ts';

const NEBULAE: readonly (readonly [Rgb, Rgb])[] = [
  [
    [0.48, 0.16, 0.55],
    [0.12, 0.4, 0.7],
  ],
  [
    [0.7, 0.25, 0.3],
    [0.25, 0.2, 0.6],
  ],
  [
    [0.1, 0.5, 0.5],
    [0.4, 0.2, 0.6],
  ],
];

/** Stars, a nebula, a ringed planet, and a moon's ground below. */
export const paintSpace: PaintSite = async (canvas, site) => {
  paintNebula(canvas, site);
  paintStarField(canvas, site);
  const side = site.look.light.x > 0.5 ? 1 : -1;
  paintPlanet(canvas, site, { x: 0.5 + side * 0.3, y: 0.26, radius: 0.17 });
  const dust: Rgb = [0.34, 0.33, 0.38];
  paintRidge(
    canvas,
    ridgeAt(site, 0.72, 0, { paint: dust, swing: 0.05, bumps: 3, relief: 1.2 }),
    airless(site),
    site.noise,
  );
  paintRidge(
    canvas,
    ridgeAt(site, 0.84, 0, { paint: dust, swing: 0.04, bumps: 2, relief: 1.4 }),
    airless(site),
    site.noise,
  );
};

function airless({ look }: Site): Site['look'] {
  return { ...look, haze: [0.03, 0.03, 0.07], hazeAmount: 0.4 };
}

function paintNebula(canvas: Canvas, { width, height, noise, random }: Site): void {
  const [first, second] = NEBULAE[Math.floor(random() * NEBULAE.length)] ?? [
    [0.5, 0.2, 0.6],
    [0.1, 0.4, 0.7],
  ];
  const lean = random() - 0.5;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const u = x / height;
      const v = y / height;
      const warp = sampleNoise(noise, u * 0.4, v * 0.4 + 0.5);
      const cloud = smoothstep(0.42, 0.78, sampleNoise(noise, u * 0.6 + warp * 0.5, v * 0.6 + warp * 0.3));
      const band = Math.exp(-(((v - 0.35 - (x / width - 0.5) * lean) / 0.3) ** 2));
      const colour = blend(first, second, smoothstep(0.35, 0.65, warp));
      canvas.rgb.set([0.012, 0.014, 0.04], i * 3);
      addLight(canvas, i, colour, cloud * band * 0.95);
    }
}

function paintStarField(canvas: Canvas, { width, height, random }: Site): void {
  for (let n = 0; n < (width * height) / 700; n++) {
    const at = Math.floor(random() * width * height);
    addLight(canvas, at, [0.95, 0.95, 1], random() ** 3);
  }
  for (let n = 0; n < 26; n++)
    glow(
      canvas,
      { x: random() * width, y: random() * height * 0.7, radius: 1.4 + random() * 2.4 },
      [0.85, 0.92, 1],
      0.9,
    );
}

function paintPlanet(
  canvas: Canvas,
  { width, height, noise, look }: Site,
  at: { x: number; y: number; radius: number },
): void {
  const r = at.radius * height;
  const cx = at.x * width;
  const cy = at.y * height;
  const side = look.light.x > 0.5 ? 1 : -1;
  glow(canvas, { x: cx, y: cy, radius: r * 1.25 }, [0.35, 0.5, 0.9], 0.4);
  for (let y = Math.max(0, Math.floor(cy - r)); y < Math.min(height, cy + r); y++)
    for (let x = Math.max(0, Math.floor(cx - r)); x < Math.min(width, cx + r); x++) {
      const u = (x - cx) / r;
      const v = (y - cy) / r;
      const inside = u * u + v * v;
      if (inside > 1) continue;
      const w = Math.sqrt(1 - inside);
      const light = clamp((u * 0.62 * side - v * 0.5 + w * 0.55) * 1.15);
      const bands = sampleNoise(noise, u * 0.12 + 0.2, v * 0.9 + sampleNoise(noise, u * 0.5, v * 0.5) * 0.25);
      const colour = blend([0.78, 0.5, 0.34], [0.93, 0.84, 0.66], smoothstep(0.35, 0.65, bands));
      const shaded = blend([0.02, 0.02, 0.06], colour, 0.05 + light * 0.95);
      putOver(canvas, y * width + x, shaded, smoothstep(1, 0.975, inside));
    }
}
