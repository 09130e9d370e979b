import { hex, type Rgb } from './colour.ts';

/** A row of trees standing on a line. All lengths in canvas pixels. */
export interface TreeRow {
  readonly kind: 'pine' | 'leaf' | 'bare' | 'palm';
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly footY: (x: number) => number;
  readonly height: number;
  readonly paint: Rgb;
}

/** SVG of a row of trees, each of its own shape. */
export function drawTrees(row: TreeRow, random: () => number): string {
  const step = (row.to - row.from) / row.count;
  const shapes = Array.from({ length: row.count }, (_, n) => {
    const x = row.from + (n + random()) * step;
    const height = row.height * (0.65 + random() * 0.6);
    const foot = row.footY(x) + height * 0.04;
    return TREES[row.kind](x, foot, height, random);
  });
  return `<path fill="${hex(row.paint)}" d="${shapes.join('')}"/>`;
}

const TREES = { pine, leaf, bare, palm } as const;

function pine(x: number, foot: number, height: number, random: () => number): string {
  const tiers = 9;
  const half = height * (0.15 + random() * 0.06);
  const left: string[] = [];
  const right: string[] = [];
  for (let n = 0; n < tiers; n++) {
    const t = (n + 1) / tiers;
    const y = foot - height * (1 - t * 0.94);
    const reach = half * t ** 0.85 * (0.78 + random() * 0.44);
    left.push(`L${p(x - reach)} ${p(y + height * 0.012)}L${p(x - reach * 0.42)} ${p(y - height * 0.004)}`);
    right.unshift(
      `L${p(x + reach * 0.42)} ${p(y - height * 0.004)}L${p(x + reach * 0.96)} ${p(y + height * 0.014)}`,
    );
  }
  const trunk = height * 0.016;
  return `M${p(x)} ${p(foot - height)}${left.join('')}L${p(x - trunk)} ${p(foot)}L${p(x + trunk)} ${p(foot)}${right.join('')}Z`;
}

function leaf(x: number, foot: number, height: number, random: () => number): string {
  const trunk = height * 0.035;
  let path = `M${p(x - trunk)} ${p(foot)}L${p(x - trunk * 0.5)} ${p(foot - height * 0.5)}L${p(x + trunk * 0.5)} ${p(foot - height * 0.5)}L${p(x + trunk)} ${p(foot)}Z`;
  for (let n = 0; n < 14; n++) {
    const angle = random() * Math.PI * 2;
    const away = height * 0.26 * Math.sqrt(random());
    path += blob(
      x + Math.cos(angle) * away * 1.15,
      foot - height * 0.56 + Math.sin(angle) * away,
      height * (0.14 + random() * 0.14),
    );
  }
  return path;
}

function bare(x: number, foot: number, height: number, random: () => number): string {
  return branch(x, foot, -Math.PI / 2, height * 0.32, height * 0.045, 5, random);
}

function branch(
  x: number,
  y: number,
  angle: number,
  length: number,
  thick: number,
  depth: number,
  random: () => number,
): string {
  if (depth === 0) return '';
  const endX = x + Math.cos(angle) * length;
  const endY = y + Math.sin(angle) * length;
  const nx = -Math.sin(angle) * thick;
  const ny = Math.cos(angle) * thick;
  const limb = `M${p(x + nx)} ${p(y + ny)}L${p(endX + nx * 0.6)} ${p(endY + ny * 0.6)}L${p(endX - nx * 0.6)} ${p(endY - ny * 0.6)}L${p(x - nx)} ${p(y - ny)}Z`;
  const turns = [-0.5 + random() * 0.3, 0.25 + random() * 0.4];
  return (
    limb +
    turns
      .map((turn) =>
        branch(endX, endY, angle + turn, length * (0.68 + random() * 0.16), thick * 0.58, depth - 1, random),
      )
      .join('')
  );
}

function palm(x: number, foot: number, height: number, random: () => number): string {
  const lean = (random() - 0.5) * height * 0.3;
  const topX = x + lean;
  const topY = foot - height * 0.78;
  const thick = height * 0.02;
  let path = `M${p(x - thick)} ${p(foot)}Q${p(x)} ${p(foot - height * 0.4)} ${p(topX - thick * 0.6)} ${p(topY)}L${p(topX + thick * 0.6)} ${p(topY)}Q${p(x + thick * 2)} ${p(foot - height * 0.4)} ${p(x + thick)} ${p(foot)}Z`;
  for (let n = 0; n < 8; n++) {
    const angle = Math.PI * (1.05 + (n / 7) * 0.9) + (random() - 0.5) * 0.2;
    const reach = height * (0.3 + random() * 0.1);
    const tipX = topX + Math.cos(angle) * reach;
    const tipY = topY + Math.sin(angle) * reach * 0.55 + reach * 0.35;
    const midX = topX + Math.cos(angle) * reach * 0.55;
    const midY = topY + Math.sin(angle) * reach * 0.75;
    path += `M${p(topX)} ${p(topY)}Q${p(midX)} ${p(midY)} ${p(tipX)} ${p(tipY)}Q${p(midX)} ${p(midY + reach * 0.22)} ${p(topX)} ${p(topY)}Z`;
  }
  return path;
}

/** A rough circle as a closed curve. */
function blob(x: number, y: number, r: number): string {
  return `M${p(x - r)} ${p(y)}a${p(r)} ${p(r * 0.9)} 0 1 1 ${p(r * 2)} 0a${p(r)} ${p(r * 0.9)} 0 1 1 ${p(-r * 2)} 0Z`;
}

/** SVG of grass blades along the bottom edge. */
export function drawGrass(
  field: { width: number; footY: number; height: number; count: number; paint: Rgb },
  random: () => number,
): string {
  const blades = Array.from({ length: field.count }, () => {
    const x = random() * field.width;
    const height = field.height * (0.35 + random() ** 2);
    const lean = (random() - 0.4) * height * 0.7;
    const half = Math.max(0.8, height * 0.035);
    return `M${p(x - half)} ${p(field.footY)}Q${p(x)} ${p(field.footY - height * 0.6)} ${p(x + lean)} ${p(field.footY - height)}Q${p(x + half * 2)} ${p(field.footY - height * 0.5)} ${p(x + half)} ${p(field.footY)}Z`;
  });
  return `<path fill="${hex(field.paint)}" d="${blades.join('')}"/>`;
}

function p(value: number): string {
  return value.toFixed(1);
}
