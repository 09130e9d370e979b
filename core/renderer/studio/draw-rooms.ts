import { blend, hex, type Rgb, rgb, shade } from './colour.ts';
import type { Site } from './site.ts';

export interface Room {
  readonly site: Site;
  readonly wood: Rgb;
}

const SPINES = [
  '#7a3230',
  '#31506b',
  '#4f6a3f',
  '#8a6a35',
  '#5a4468',
  '#2f3f3a',
  '#9a7b50',
  '#6b4a35',
  '#3a3a48',
];
const BOTTLES = ['#3f6b4a', '#7a4a28', '#8a9a8c', '#5a3440', '#a8823a'];

/** Beams across the ceiling and posts along the wall. */
export function drawBeams({ site: { width, height } }: Room, colour: string): string {
  const posts = [0.02, 0.34, 0.66, 0.98].map(
    (at) =>
      `<rect x="${(at - 0.016) * width}" y="0" width="${0.032 * width}" height="${height}" fill="${colour}"/>`,
  );
  return `<rect y="0" width="${width}" height="${height * 0.055}" fill="${colour}"/><rect y="${height * 0.6}" width="${width}" height="${height * 0.03}" fill="${colour}"/>${posts.join('')}<path d="M${width * 0.34} ${height * 0.2}L${width * 0.46} ${height * 0.05}M${width * 0.66} ${height * 0.2}L${width * 0.54} ${height * 0.05}" stroke="${colour}" stroke-width="${width * 0.022}"/>`;
}

/** A board with bottles, jugs and plates; `top` is a share of the height. */
export function drawShelf({ site: { width, height, random }, wood }: Room, top: number): string {
  const y = top * height;
  let svg = '';
  for (let x = width * 0.05; x < width * 0.96; x += width * (0.024 + random() * 0.03)) {
    const h = height * (0.035 + random() * 0.045);
    const w = h * (0.34 + random() * 0.3);
    const colour = BOTTLES[Math.floor(random() * BOTTLES.length)] ?? '#3f6b4a';
    svg += `<path d="M${x} ${y}v${-h * 0.62}q0 ${-h * 0.12} ${w * 0.32} ${-h * 0.14}v${-h * 0.24}h${w * 0.36}v${h * 0.24}q${w * 0.32} ${h * 0.02} ${w * 0.32} ${h * 0.14}v${h * 0.62}Z" fill="${colour}"/><path d="M${x + w * 0.2} ${y - h * 0.1}v${-h * 0.45}" stroke="#ffe3b0" stroke-opacity=".5" stroke-width="${Math.max(1, w * 0.1)}"/>`;
  }
  return `${svg}<rect x="${width * 0.03}" y="${y}" width="${width * 0.94}" height="${height * 0.014}" fill="${hex(shade(wood, 1.6))}"/>`;
}

/** One shelf full of books; `top` and `size` are shares of the height. */
export function drawBooks(
  { site: { width, height, random, look }, wood }: Room,
  top: number,
  size: number,
): string {
  const foot = (top + size) * height;
  let svg = `<rect y="${top * height}" width="${width}" height="${size * height}" fill="${hex(shade(wood, 0.7))}"/>`;
  for (let x = 0; x < width; ) {
    const w = width * (0.011 + random() * 0.017);
    const h = size * height * (0.62 + random() * 0.32);
    const base = rgb(SPINES[Math.floor(random() * SPINES.length)] ?? '#7a3230');
    const away = Math.abs(x / width - look.light.x);
    const colour = shade(base, Math.max(0.45, 1.15 - away * 0.9));
    svg +=
      random() < 0.05
        ? ''
        : `<rect x="${x.toFixed(1)}" y="${(foot - h).toFixed(1)}" width="${(w * 0.94).toFixed(1)}" height="${h.toFixed(1)}" fill="${hex(colour)}"/><rect x="${x.toFixed(1)}" y="${(foot - h * 0.82).toFixed(1)}" width="${(w * 0.94).toFixed(1)}" height="${(h * 0.05).toFixed(1)}" fill="#d9b86a" fill-opacity=".55"/>`;
    x += w;
  }
  return `${svg}<rect y="${foot}" width="${width}" height="${height * 0.02}" fill="${hex(shade(wood, 1.7))}"/>`;
}

/** An arched window with the sky of the hour behind it; `x` is its middle, all shares. */
export function drawWindow(
  { site: { width, height, look }, wood }: Room,
  x: number,
  top: number,
  w: number,
  h: number,
): string {
  const px = x * width;
  const half = (w * height) / 2;
  const y = top * height;
  const foot = y + h * height;
  const frame = hex(shade(wood, 1.3));
  const arch = `M${px - half} ${foot}V${y + half}A${half} ${half} 0 0 1 ${px + half} ${y + half}V${foot}Z`;
  const hills = `M${px - half} ${foot}V${foot - h * height * 0.3}Q${px - half * 0.3} ${foot - h * height * 0.46} ${px + half * 0.2} ${foot - h * height * 0.28}T${px + half} ${foot - h * height * 0.34}V${foot}Z`;
  const bars = `M${px} ${y}V${foot}M${px - half} ${y + half}H${px + half}M${px - half} ${y + (foot - y) * 0.7}H${px + half}`;
  return `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${hex(look.sky[0])}"/><stop offset=".5" stop-color="${hex(look.sky[1])}"/><stop offset="1" stop-color="${hex(look.sky[2])}"/></linearGradient><path d="${arch}" fill="url(#sky)"/><path d="${hills}" fill="${hex(blend(look.ink, look.haze, 0.45))}"/><path d="${arch}" fill="none" stroke="${frame}" stroke-width="${half * 0.12}"/><path d="${bars}" stroke="${frame}" stroke-width="${half * 0.05}"/>`;
}
