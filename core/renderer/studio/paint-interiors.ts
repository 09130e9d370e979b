import { type Canvas, drawSvg } from './canvas.ts';
import { blend, hex, type Rgb, rgb, shade } from './colour.ts';
import { drawBeams, drawBooks, drawShelf, drawWindow, type Room } from './draw-rooms.ts';
import { sampleNoise } from './noise.ts';
import { glow, type PaintSite, type Site } from './site.ts';

const FLAME: Rgb = [1, 0.68, 0.3];

/** Places under a roof. */
export const INTERIORS = {
  async tavern(canvas, site) {
    const room = paintWalls(canvas, site, '#6b4630', '#2c1a14');
    await drawSvg(
      canvas,
      drawBeams(room, '#2b1a12') + drawShelf(room, 0.3) + drawShelf(room, 0.44) + hearth(site),
    );
    warm(canvas, site, [{ x: side(site, 0.14), y: 0.74, radius: 0.26, strength: 0.85 }]);
    await lanterns(canvas, site, [0.24, 0.5, 0.78]);
  },
  async library(canvas, site) {
    const room = paintWalls(canvas, site, '#5a4232', '#241a18');
    const windowX = side(site, 0.2);
    const rows = [0.04, 0.2, 0.36, 0.52, 0.68];
    await drawSvg(
      canvas,
      rows.map((top) => drawBooks(room, top, 0.14)).join('') + drawWindow(room, windowX, 0.1, 0.2, 0.46),
    );
    warm(canvas, site, [{ x: windowX, y: 0.34, radius: 0.24, strength: 0.4, colour: site.look.sky[2] }]);
    await lanterns(canvas, site, [0.5, 0.84]);
  },
  async room(canvas, site) {
    const room = paintWalls(canvas, site, '#8d8374', '#4a4340');
    const windowX = side(site, 0.24);
    const frame = `<g transform="translate(${side(site, 0.8) * site.width} ${site.height * 0.3})"><rect x="-70" y="-52" width="140" height="104" fill="#4a3526"/><rect x="-60" y="-42" width="120" height="84" fill="#c9b48e"/><path d="M-60 42V10L-20 -14L14 12L36 -2L60 20V42Z" fill="#6f7f62"/></g>`;
    await drawSvg(canvas, drawWindow(room, windowX, 0.12, 0.3, 0.46) + frame);
    warm(canvas, site, [{ x: windowX, y: 0.35, radius: 0.3, strength: 0.35, colour: site.look.sky[2] }]);
    await lanterns(canvas, site, [0.86]);
  },
  async cave(canvas, site) {
    const { width, height, look, noise } = site;
    paintWalls(canvas, site, '#4c4a55', '#14131a');
    const x = side(site, 0.22);
    warm(canvas, site, [
      { x, y: 0.36, radius: 0.3, strength: 0.9, colour: blend(look.sky[2], [0.6, 0.8, 1], 0.4) },
    ]);
    const rock = (depth: number, up: boolean) => {
      let d = up ? 'M-5 -5' : `M-5 ${height + 5}`;
      for (let n = 0; n <= 60; n++) {
        const spike = sampleNoise(noise, n * 0.11 + depth, depth) ** 3 * 1.3 + (n % 2) * 0.02;
        const edge = Math.abs(n / 60 - 0.5) ** 2 * 0.5;
        const reach = (depth * 0.5 + spike * depth + edge) * height;
        d += `L${((n / 60) * (width + 10) - 5).toFixed(1)} ${(up ? reach : height - reach * 0.7).toFixed(1)}`;
      }
      return `${d}L${width + 5} ${up ? -5 : height + 5}Z`;
    };
    const paints = ['#3a3844', '#25242e', '#131219'].map((c) => rgb(c));
    const layers = paints.map(
      (paint, n) =>
        `<path d="${rock(0.42 - n * 0.1, true)}${rock(0.36 - n * 0.08, false)}" fill="${hex(paint)}" fill-opacity=".94"/>`,
    );
    await drawSvg(canvas, layers.join('') + crystals(site));
    warm(canvas, site, [
      { x: side(site, 0.84), y: 0.8, radius: 0.13, strength: 0.5, colour: [0.3, 0.75, 0.9] },
    ]);
  },
} satisfies Record<string, PaintSite>;

/** On the light's side for small shares, on the other for large ones. */
function side({ look }: Site, share: number): number {
  return look.light.x > 0.5 ? 1 - share : share;
}

/** Plaster or stone, darker away from the light and towards the floor. */
function paintWalls(canvas: Canvas, site: Site, bright: string, dark: string): Room {
  const { width, height, look, noise } = site;
  const near = rgb(bright);
  const far = rgb(dark);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 3) {
      const away = Math.hypot(x / width - look.light.x, (y / height - 0.36) * 0.9);
      const mottle = (sampleNoise(noise, x / height, y / height) - 0.5) * 0.5;
      canvas.rgb.set(blend(near, far, Math.min(1, Math.max(0, away * 1.25 + mottle))), i);
    }
  return { site, wood: shade(far, 0.8) };
}

function warm(
  canvas: Canvas,
  { width, height }: Site,
  lights: readonly { x: number; y: number; radius: number; strength: number; colour?: Rgb }[],
): void {
  for (const light of lights)
    glow(
      canvas,
      { x: light.x * width, y: light.y * height, radius: light.radius * height },
      light.colour ?? FLAME,
      light.strength,
    );
}

async function lanterns(canvas: Canvas, site: Site, places: readonly number[]): Promise<void> {
  const { width, height, random } = site;
  const hung = places.map((share) => ({
    x: side(site, share) * width,
    y: height * (0.13 + random() * 0.08),
  }));
  const s = height * 0.022;
  const svg = hung.map(
    ({ x, y }) =>
      `<path d="M${x} 0V${y - s}" stroke="#120c0a" stroke-width="3"/><path d="M${x - s * 0.7} ${y - s}h${s * 1.4}l${s * 0.2} ${s * 2}h${-s * 1.8}Z" fill="#ffd48a"/><path d="M${x - s} ${y - s}h${s * 2}l${-s * 0.6} ${-s * 0.6}h${-s * 0.8}ZM${x - s} ${y + s}h${s * 2}v${s * 0.3}h${-s * 2}Z" fill="#1c120e"/><path d="M${x} ${y - s}v${s * 2}" stroke="#1c120e" stroke-width="2"/>`,
  );
  await drawSvg(canvas, svg.join(''));
  for (const { x, y } of hung) {
    glow(canvas, { x, y, radius: height * 0.035 }, [1, 0.85, 0.6], 0.7);
    glow(canvas, { x, y, radius: height * 0.15 }, FLAME, 0.38);
  }
}

function hearth(site: Site): string {
  const { width, height, random } = site;
  const x = side(site, 0.14) * width;
  const y = height * 0.92;
  const w = height * 0.17;
  const stones = Array.from({ length: 15 }, (_, n) => {
    const angle = Math.PI * (1 + n / 14);
    const c = 90 + Math.floor(random() * 30);
    return `<ellipse cx="${x + Math.cos(angle) * w}" cy="${y - w * 0.5 + Math.sin(angle) * w * 0.9}" rx="${w * 0.17}" ry="${w * 0.14}" fill="rgb(${c},${c - 18},${c - 32})" stroke="#2a1d16" stroke-width="2"/>`;
  });
  const flames = Array.from({ length: 9 }, (_, n) => {
    const fx = x + (n / 8 - 0.5) * w * 1.2;
    const fh = w * (0.5 + random() * 0.7) * (1 - Math.abs(n / 8 - 0.5));
    return `<path d="M${fx - w * 0.12} ${y}C${fx - w * 0.16} ${y - fh * 0.6} ${fx + w * 0.04} ${y - fh * 0.7} ${fx} ${y - fh * 1.5}C${fx + w * 0.2} ${y - fh * 0.7} ${fx + w * 0.14} ${y - fh * 0.3} ${fx + w * 0.12} ${y}Z" fill="${n % 2 ? '#ffb13d' : '#f4722b'}"/>`;
  });
  return `<path d="M${x - w} ${y}V${y - w * 0.5}A${w} ${w * 0.9} 0 0 1 ${x + w} ${y - w * 0.5}V${y + w}H${x - w}Z" fill="#180d09"/>${flames.join('')}${stones.join('')}`;
}

function crystals(site: Site): string {
  const { width, height, random } = site;
  return Array.from({ length: 9 }, () => {
    const x = (side(site, 0.84) + (random() - 0.5) * 0.2) * width;
    const y = height * (0.86 + random() * 0.06);
    const h = height * (0.06 + random() * 0.1);
    const lean = (random() - 0.5) * h * 0.8;
    return `<path d="M${x - h * 0.14} ${y}L${x + lean - h * 0.08} ${y - h * 0.8}L${x + lean} ${y - h}L${x} ${y}Z" fill="#5fc7e0"/><path d="M${x + h * 0.14} ${y}L${x + lean + h * 0.08} ${y - h * 0.8}L${x + lean} ${y - h}L${x} ${y}Z" fill="#2b7fa6"/>`;
  }).join('');
}
