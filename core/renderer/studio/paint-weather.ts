import { type Canvas, drawSvg } from './canvas.ts';
import { hex, type Rgb } from './colour.ts';
import type { Look } from './look.ts';
import type { NoiseTile } from './noise.ts';
import { paintMist } from './paint-terrain.ts';

/** Lets it rain, snow or blow before everything else in the picture; keeps the face's middle clear. */
export async function paintWeather(
  canvas: Canvas,
  look: Look,
  noise: NoiseTile,
  clear: { readonly x: number; readonly y: number; readonly radius: number } | undefined,
  random: () => number,
): Promise<void> {
  const falls = (x: number, y: number) => !clear || Math.hypot(x - clear.x, y - clear.y) > clear.radius;
  if (look.weather === 'rain' || look.weather === 'storm')
    await drawSvg(canvas, rain(canvas, look, falls, random));
  if (look.weather === 'snow') await drawSvg(canvas, snow(canvas, falls, random));
  if (look.weather === 'wind') await drawSvg(canvas, leaves(canvas, falls, random));
  if (look.weather === 'fog') paintMist(canvas, { level: 0.95, thickness: 0.2, amount: 0.8 }, look, noise);
}

type Falls = (x: number, y: number) => boolean;

function rain({ width, height }: Canvas, look: Look, falls: Falls, random: () => number): string {
  const storm = look.weather === 'storm';
  const lean = storm ? 0.42 : 0.18;
  const strokes = [0, 1].map((layer) => {
    let d = '';
    for (let n = 0; n < (storm ? 330 : 240); n++) {
      const x = random() * width * 1.2 - width * 0.1;
      const y = random() * height;
      const length = height * (0.025 + random() * 0.04) * (layer + 1);
      if (falls(x, y))
        d += `M${x.toFixed(1)} ${y.toFixed(1)}l${(-length * lean).toFixed(1)} ${length.toFixed(1)}`;
    }
    return `<path d="${d}" stroke="#dfe8f2" stroke-opacity="${0.2 + layer * 0.12}" stroke-width="${((1 + layer * 0.7) * height) / 1024}" stroke-linecap="round"/>`;
  });
  return strokes.join('');
}

function snow({ width, height }: Canvas, falls: Falls, random: () => number): string {
  return Array.from({ length: 420 }, () => {
    const x = random() * width;
    const y = random() * height;
    const near = random() ** 5;
    const r = (height / 1024) * (1.2 + near * 9);
    if (!falls(x, y)) return '';
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" fill="#fff" fill-opacity="${(0.85 - near * 0.5).toFixed(2)}"/>`;
  }).join('');
}

const LEAVES: readonly Rgb[] = [
  [0.72, 0.4, 0.16],
  [0.82, 0.62, 0.22],
  [0.55, 0.5, 0.2],
];

function leaves({ width, height }: Canvas, falls: Falls, random: () => number): string {
  return Array.from({ length: 46 }, () => {
    const x = random() * width;
    const y = random() * height;
    const s = (height / 1024) * (5 + random() * 9);
    const colour = LEAVES[Math.floor(random() * LEAVES.length)] ?? [0.7, 0.5, 0.2];
    if (!falls(x, y)) return '';
    return `<path transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${Math.round(random() * 360)}) scale(${s.toFixed(1)})" d="M-1 0Q0 -.6 1 0Q0 .6 -1 0Z" fill="${hex(colour)}" fill-opacity=".9"/>`;
  }).join('');
}
