import { blend, hex, type Rgb, rgb, shade } from './colour.ts';
import { inLight, isLamplit } from './look.ts';
import type { Site } from './site.ts';

/** A light that shines after the building is drawn; lengths in pixels. */
export interface Lamp {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour?: Rgb;
}

export interface Building {
  readonly svg: string;
  readonly lamps: readonly Lamp[];
}

const WALLS = ['#d8c7a6', '#c9a887', '#b98f74', '#cfd0c6', '#a9856b'];
const ROOFS = ['#8f4a3a', '#6f4a3f', '#5c5a63', '#7a5a3a'];
const AWNINGS = ['#b8433a', '#3a6f8f', '#d09a3c', '#5d8a55', '#8a5a9a'];
const NEON: readonly Rgb[] = [rgb('#ff4f9a'), rgb('#3fd8ff'), rgb('#ffb347'), rgb('#9a6bff')];

/** A castle of towers and walls, the light's side brighter. */
export function drawCastle({ width, height, look, random }: Site, stone: Rgb): Building {
  const far = look.light.x > 0.5 ? 0.27 : 0.73;
  const scale = height * 0.2;
  const base = { x: far * width, y: height * 0.76 };
  const lit = hex(blend(blend(stone, look.haze, 0.28), look.light.colour, 0.25 * look.light.strength));
  const dark = hex(blend(shade(stone, 0.55), look.haze, 0.28));
  const roof = hex(blend(inLight('#4d4a66', look), look.haze, 0.2));
  const lamps: Lamp[] = [];
  const towers = [-1.5, -0.95, -0.4, 0.1, 0.62, 1.2].map((at, n) => {
    const w = scale * (n === 3 ? 0.4 : 0.24 + random() * 0.1);
    const h = scale * (n === 3 ? 2.1 : 1 + random() * 0.75);
    const x = base.x + at * scale;
    lamps.push({ x, y: base.y - h * 0.72, radius: scale * 0.09 });
    return tower(
      x,
      base.y,
      w,
      h,
      { lit, dark, roof },
      look.light.x > 0.5 ? 1 : -1,
      isLamplit(look) ? '#ffd27a' : dark,
    );
  });
  const wall = `<path d="M${base.x - scale * 1.5} ${base.y - scale * 0.72}${crenels(base.x - scale * 1.5, base.x + scale * 1.2, base.y - scale * 0.72, scale * 0.07)}V${base.y}H${base.x - scale * 1.5}Z" fill="${dark}"/>`;
  return { svg: wall + towers.join(''), lamps };
}

function tower(
  x: number,
  footY: number,
  w: number,
  h: number,
  paint: { lit: string; dark: string; roof: string },
  side: number,
  pane: string,
): string {
  const top = footY - h;
  const rim = w * 0.62;
  return `<rect x="${x - w / 2}" y="${top}" width="${w}" height="${h}" fill="${paint.dark}"/><rect x="${side > 0 ? x : x - w / 2}" y="${top}" width="${w / 2}" height="${h}" fill="${paint.lit}"/><path d="M${x - rim} ${top + w * 0.2}${crenels(x - rim, x + rim, top - w * 0.06, w * 0.12)}V${top + w * 0.2}Z" fill="${paint.dark}"/><path d="M${x - rim * 0.9} ${top - w * 0.1}L${x} ${top - w * 1.5}L${x + rim * 0.9} ${top - w * 0.1}Z" fill="${paint.roof}"/><path d="M${x} ${top - w * 1.5}V${top - w * 1.95}" stroke="${paint.dark}" stroke-width="2"/><path d="M${x} ${top - w * 1.95}l${w * 0.5} ${w * 0.12}l${-w * 0.5} ${w * 0.13}Z" fill="#a8323a"/><path d="M${x - w * 0.09} ${footY - h * 0.66}v${-w * 0.3}a${w * 0.09} ${w * 0.09} 0 0 1 ${w * 0.18} 0v${w * 0.3}Z" fill="${pane}"/>`;
}

function crenels(from: number, to: number, y: number, tooth: number): string {
  const count = Math.max(3, Math.round((to - from) / (tooth * 2)));
  const step = (to - from) / (count * 2 - 1);
  let d = `V${y - tooth}`;
  for (let n = 0; n < count * 2 - 1; n++)
    d += `h${step}${n < count * 2 - 2 ? `v${n % 2 === 0 ? tooth : -tooth}` : ''}`;
  return d;
}

/** A row of houses with pitched roofs, across the whole canvas; `footY` and `size` are shares of its height. */
export function drawHouses(
  site: Site,
  row: { footY: number; size: number; count: number; haze: number },
): Building {
  const { width, height, look, random } = site;
  const step = width / row.count;
  const lamps: Lamp[] = [];
  const hazed = (colour: Rgb) => blend(colour, look.haze, row.haze * look.hazeAmount);
  const svg = Array.from({ length: row.count }, (_, n) => {
    const w = step * (0.82 + random() * 0.3);
    const x = n * step + random() * step * 0.3 - step * 0.15;
    const h = height * row.size * (0.62 + random() * 0.5);
    const top = height * row.footY - h;
    const wall = hazed(inLight(WALLS[Math.floor(random() * WALLS.length)] ?? '#ccbbaa', look));
    const roof = hazed(inLight(ROOFS[Math.floor(random() * ROOFS.length)] ?? '#775544', look));
    const peak = top - w * (0.34 + random() * 0.22);
    const beam = hex(shade(wall, 0.6));
    const floors = Math.max(1, Math.round(h / (w * 0.5)));
    const panes = windows({ x, top, w, h, floors }, site, lamps, hazed);
    return `<rect x="${x}" y="${top}" width="${w}" height="${h * 1.4}" fill="${hex(wall)}"/><rect x="${look.light.x > 0.5 ? x : x + w * 0.72}" y="${top}" width="${w * 0.28}" height="${h * 1.4}" fill="${hex(shade(wall, 0.74))}"/><path d="M${x} ${top}H${x + w}M${x + w * 0.02} ${top}V${top + h}M${x + w * 0.98} ${top}V${top + h}" stroke="${beam}" stroke-width="${w * 0.03}"/><rect x="${x + w * 0.68}" y="${peak}" width="${w * 0.1}" height="${(top - peak) * 0.8}" fill="${hex(shade(roof, 0.7))}"/><path d="M${x - w * 0.08} ${top + w * 0.03}L${x + w / 2} ${peak}L${x + w * 1.08} ${top + w * 0.03}Z" fill="${hex(roof)}"/><path d="M${x + w / 2} ${peak}L${x + (look.light.x > 0.5 ? -0.08 : 1.08) * w} ${top + w * 0.03}H${x + w / 2}Z" fill="${hex(shade(roof, 0.72))}"/>${panes}`;
  }).join('');
  return { svg, lamps };
}

function windows(
  house: { x: number; top: number; w: number; h: number; floors: number },
  { look, random }: Site,
  lamps: Lamp[],
  hazed: (colour: Rgb) => Rgb,
): string {
  const { x, top, w, h, floors } = house;
  let svg = '';
  for (let floor = 0; floor < floors; floor++)
    for (const at of [0.24, 0.62]) {
      const lit = isLamplit(look) && random() < 0.72;
      const pane = lit ? '#ffc873' : hex(hazed(inLight('#4a5a6a', look)));
      const px = x + w * at;
      const py = top + h * ((floor + 0.22) / floors);
      const size = { w: w * 0.14, h: Math.min(w * 0.24, (h / floors) * 0.55) };
      if (lit) lamps.push({ x: px + size.w / 2, y: py + size.h / 2, radius: w * 0.2 });
      svg += `<rect x="${px}" y="${py}" width="${size.w}" height="${size.h}" fill="${pane}" stroke="${hex(hazed(inLight('#4f3d30', look)))}" stroke-width="${w * 0.02}"/><path d="M${px + size.w / 2} ${py}v${size.h}M${px} ${py + size.h / 2}h${size.w}" stroke="${hex(hazed(inLight('#4f3d30', look)))}" stroke-width="${w * 0.012}"/>`;
    }
  return svg;
}

/** Market stalls under striped awnings on both sides. */
export function drawStalls(site: Site): Building {
  const { width, height, look, random } = site;
  const stalls = [0.0, 0.2, 0.62, 0.84].map((at, n) => {
    const w = width * 0.26;
    const x = width * at - width * 0.06;
    const y = height * (0.6 + (n % 2) * 0.03);
    const colour = inLight(AWNINGS[Math.floor(random() * AWNINGS.length)] ?? '#b8433a', look);
    const pale = inLight('#efe3cc', look);
    const stripes = Array.from({ length: 8 }, (_, s) => {
      const sx = x + (s * w) / 8;
      const bx = x - w * 0.08 + (s * w * 1.16) / 8;
      const bw = (w * 1.16) / 8;
      return `<path d="M${sx} ${y}h${w / 8}L${bx + bw} ${y + height * 0.075}a${bw / 2} ${bw / 2} 0 0 1 ${-bw} 0Z" fill="${hex(s % 2 ? pale : colour)}"/>`;
    }).join('');
    const wood = hex(inLight('#6e4a30', look));
    const goods = Array.from({ length: 22 }, () => {
      const fruit = inLight(
        ['#c8452f', '#d98c2b', '#7f9c3a', '#c9b03a', '#7d4a7a'][Math.floor(random() * 5)] ?? '#c8452f',
        look,
      );
      return `<circle cx="${x + random() * w}" cy="${y + height * (0.185 - random() * 0.02)}" r="${height * 0.012}" fill="${hex(fruit)}"/>`;
    }).join('');
    return `<path d="M${x + w * 0.03} ${y}V${height * 0.9}M${x + w * 0.97} ${y}V${height * 0.9}" stroke="${wood}" stroke-width="${height * 0.012}"/><rect x="${x}" y="${y + height * 0.06}" width="${w}" height="${height * 0.14}" fill="${hex(inLight('#3a2a22', look))}" fill-opacity=".75"/>${goods}<rect x="${x - w * 0.02}" y="${y + height * 0.19}" width="${w * 1.04}" height="${height * 0.14}" fill="${wood}"/>${stripes}`;
  });
  const lamps = [0.07, 0.27, 0.69, 0.91].map((at) => ({
    x: at * width,
    y: height * 0.72,
    radius: height * 0.07,
  }));
  return { svg: stalls.join(''), lamps };
}

/** A row of city towers with lit windows; heights are shares of the canvas. */
export function drawTowers(
  site: Site,
  row: { height: number; count: number; haze: number; footY: number },
): Building {
  const { width, height, look, random } = site;
  const lamplit = isLamplit(look);
  const lamps: Lamp[] = [];
  const step = width / row.count;
  const svg = Array.from({ length: row.count }, (_, n) => {
    const w = step * (0.75 + random() * 0.45);
    const x = n * step + (random() - 0.5) * step * 0.3;
    const h = height * row.height * (0.55 + random() * 0.75);
    const top = height * row.footY - h;
    const wall = blend(blend(look.ink, inLight('#8593a6', look), 0.4), look.haze, row.haze * look.hazeAmount);
    const lit = blend(wall, look.light.colour, 0.22 * look.light.strength);
    const crown =
      random() < 0.4
        ? `<rect x="${x + w * 0.3}" y="${top - h * 0.06}" width="${w * 0.4}" height="${h * 0.07}" fill="${hex(wall)}"/><path d="M${x + w / 2} ${top - h * 0.06}v${-h * 0.1}" stroke="${hex(wall)}" stroke-width="2.5"/>`
        : '';
    const neon =
      lamplit && row.haze < 0.6 && random() < 0.55
        ? sign(x + w * 0.2, top + h * (0.15 + random() * 0.3), w * 0.16, h * 0.22, random, lamps)
        : '';
    return `${crown}<rect x="${x}" y="${top}" width="${w}" height="${h}" fill="${hex(wall)}"/><rect x="${look.light.x > 0.5 ? x + w * 0.7 : x}" y="${top}" width="${w * 0.3}" height="${h}" fill="${hex(lit)}"/>${panesOf(x, top, w, h, { wall, lamplit, random })}${neon}`;
  }).join('');
  return { svg, lamps };
}

function panesOf(
  x: number,
  top: number,
  w: number,
  h: number,
  { wall, lamplit, random }: { wall: Rgb; lamplit: boolean; random: () => number },
): string {
  const columns = Math.max(3, Math.round(w / 19));
  const rows = Math.max(4, Math.round(h / 25));
  let dark = '';
  let warm = '';
  for (let r = 1; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const pane = `M${(x + ((c + 0.28) / columns) * w).toFixed(1)} ${(top + (r / rows) * h).toFixed(1)}h${((w / columns) * 0.44).toFixed(1)}v${((h / rows) * 0.5).toFixed(1)}h${((-w / columns) * 0.44).toFixed(1)}Z`;
      if (lamplit && random() < 0.3) warm += pane;
      else dark += pane;
    }
  return `<path d="${dark}" fill="${hex(shade(wall, 0.8))}"/><path d="${warm}" fill="#ffcf86" fill-opacity="${lamplit ? 0.85 : 0}"/>`;
}

function sign(x: number, y: number, w: number, h: number, random: () => number, lamps: Lamp[]): string {
  const colour = NEON[Math.floor(random() * NEON.length)] ?? [1, 0.3, 0.6];
  lamps.push({ x: x + w / 2, y: y + h / 2, radius: h * 0.8, colour });
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="3" fill="none" stroke="${hex(colour)}" stroke-width="3"/><path d="M${x + w * 0.3} ${y + h * 0.2}h${w * 0.4}M${x + w * 0.3} ${y + h * 0.45}h${w * 0.4}M${x + w * 0.5} ${y + h * 0.6}v${h * 0.2}" stroke="${hex(blend(colour, [1, 1, 1], 0.4))}" stroke-width="3"/>`;
}
