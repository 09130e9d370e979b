import type { Condition } from './garment.ts';
import { type Cloth, line, path } from './garment.ts';

/** Where cloth tears first, in face units: shoulders, chest and sleeves. */
const TEARS = [
  { x: -1.02, y: 0.98, size: 0.3, turn: 24 },
  { x: 0.86, y: 1.16, size: 0.36, turn: -18 },
  { x: -0.62, y: 1.62, size: 0.4, turn: 12 },
  { x: 1.26, y: 0.86, size: 0.24, turn: -34 },
  { x: 0.48, y: 0.74, size: 0.16, turn: -52 },
] as const;

/** Draws what has happened to a garment over its front: tears, dirt, blood, wet and burns. */
export function drawWear(condition: ReadonlySet<Condition>, cloth: Cloth, random: () => number): string {
  const parts: string[] = [];
  if (condition.has('torn')) parts.push(...TEARS.map((tear) => drawTear(tear, cloth, random)));
  if (condition.has('burnt')) parts.push(stains('#17110e', 0.6, 7, 0.3, random));
  if (condition.has('muddy')) parts.push(stains('#4a3a26', 0.62, 16, 0.22, random));
  if (condition.has('bloody')) parts.push(stains('#5a0f12', 0.6, 4, 0.2, random));
  if (condition.has('wet')) parts.push(gleams(random));
  return parts.join('');
}

/** An open slit with frayed threads across it. */
function drawTear(
  tear: { x: number; y: number; size: number; turn: number },
  cloth: Cloth,
  random: () => number,
): string {
  const { size } = tear;
  const edge = (side: number) =>
    Array.from({ length: 6 }, (_, n) => {
      const t = (n + 1) / 7;
      const bulge = Math.sin(Math.PI * t) * size * (0.2 + (n % 2) * 0.12 + random() * 0.08);
      return `${(side * bulge).toFixed(3)} ${((side > 0 ? t : 1 - t) * size * 2 - size).toFixed(3)}`;
    });
  const outline = `M0 ${-size}L${edge(1).join('L')}L0 ${size}L${edge(-1).join('L')}Z`;
  const threads = [-0.4, 0.05, 0.45].map(
    (at) =>
      `M${(-size * 0.2).toFixed(3)} ${(at * size).toFixed(3)}L${(size * 0.22).toFixed(3)} ${((at + 0.14) * size).toFixed(3)}`,
  );
  return `<g transform="translate(${tear.x} ${tear.y}) rotate(${tear.turn})">${path(outline, cloth.deep, `stroke="${cloth.dark}" stroke-width=".035" stroke-linejoin="round"`)}${line(threads.join(''), cloth.base, 0.018, 0.9)}</g>`;
}

function stains(colour: string, opacity: number, count: number, size: number, random: () => number): string {
  return Array.from({ length: count }, () => {
    const x = (random() - 0.5) * 2.4;
    const y = 0.9 + random() ** 0.7 * 1.6;
    const r = size * (0.25 + random() * 0.75);
    return `<ellipse cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" rx="${r.toFixed(2)}" ry="${(r * 0.62).toFixed(2)}" transform="rotate(${Math.round(random() * 60 - 30)} ${x.toFixed(2)} ${y.toFixed(2)})" fill="${colour}" fill-opacity="${opacity}" filter="url(#soft)"/>`;
  }).join('');
}

function gleams(random: () => number): string {
  return Array.from({ length: 16 }, () => {
    const x = (random() - 0.5) * 2.6;
    const y = 0.6 + random() * 1.6;
    return line(
      `M${x.toFixed(2)} ${y.toFixed(2)}l${((random() - 0.5) * 0.06).toFixed(2)} ${(0.1 + random() * 0.2).toFixed(2)}`,
      '#ffffff',
      0.018,
      0.4,
    );
  }).join('');
}
