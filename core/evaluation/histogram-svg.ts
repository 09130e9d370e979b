import type { Calibration } from '../domain/encoder.ts';
import { cosinesOf, type ScoredPair } from './scored-pair.ts';

const SIZE = { width: 960, height: 480 };
const PLOT = { left: 64, right: 936, top: 96, bottom: 408 };
const BIN = 0.025;
const COLOUR = {
  impostor: '#d9730d',
  genuine: '#1a7f8e',
  ink: '#22262b',
  faint: '#6b7280',
  grid: '#e5e7eb',
};

/**
 * Draws the cosines of same-person and different-person pairs as two histograms, each scaled to its own class, with the
 * encoder's bands marked.
 *
 * @returns a whole SVG document.
 */
export function histogramSvg(
  pairs: readonly ScoredPair[],
  { title, calibration }: { title: string; calibration?: Calibration },
): string {
  const genuine = cosinesOf(pairs, true);
  const impostor = cosinesOf(pairs, false);
  const from = Math.max(-1, Math.floor((Math.min(0, ...impostor, ...genuine) - 1e-9) * 5) / 5);
  const classes = [
    { name: 'different people', colour: COLOUR.impostor, cosines: impostor },
    { name: 'same person', colour: COLOUR.genuine, cosines: genuine },
  ].map((one) => ({ ...one, shares: sharesOf(one.cosines, from) }));
  const top = Math.max(0.05, ...classes.flatMap(({ shares }) => shares));
  const x = (cosine: number) => PLOT.left + ((cosine - from) / (1 - from)) * (PLOT.right - PLOT.left);
  const y = (share: number) => PLOT.bottom - (share / top) * (PLOT.bottom - PLOT.top - 24);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" height="${SIZE.height}" font-family="system-ui, sans-serif" role="img" aria-label="${escapeXml(title)}">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${PLOT.left}" y="36" font-size="20" font-weight="600" fill="${COLOUR.ink}">${escapeXml(title)}</text>`,
    ...classes.map((one, i) => legend(one, i)),
    ...gridLines(from, x),
    ...classes.map(({ shares, colour }) => bars(shares, { colour, from, x, y })),
    ...(calibration ? bandMarks(calibration, x) : []),
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 48}" font-size="13" text-anchor="middle" fill="${COLOUR.faint}">cosine similarity (IDR)</text>`,
    `<text transform="translate(28 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)" font-size="13" text-anchor="middle" fill="${COLOUR.faint}">share of pairs</text>`,
    '</svg>\n',
  ].join('\n');
}

/** Share of the values in each bin from `from` to 1. */
function sharesOf(values: readonly number[], from: number): number[] {
  const shares = Array.from({ length: Math.round((1 - from) / BIN) }, () => 0);
  for (const value of values) {
    const bin = Math.min(shares.length - 1, Math.max(0, Math.floor((value - from) / BIN)));
    shares[bin] = (shares[bin] ?? 0) + 1 / values.length;
  }
  return shares;
}

type Scale = (value: number) => number;

function bars(
  shares: readonly number[],
  { colour, from, x, y }: { colour: string; from: number; x: Scale; y: Scale },
): string {
  const rects = shares.flatMap((share, i) => {
    if (share === 0) return [];
    const left = x(from + i * BIN) + 0.5;
    const width = x(from + (i + 1) * BIN) - left - 0.5;
    const high = y(share);
    return `<rect x="${px(left)}" y="${px(high)}" width="${px(width)}" height="${px(PLOT.bottom - high)}" rx="1.5"/>`;
  });
  return `<g fill="${colour}" fill-opacity="0.62">${rects.join('')}</g>`;
}

function gridLines(from: number, x: Scale): string[] {
  const ticks = Array.from({ length: Math.round((1 - from) / 0.2) + 1 }, (_, i) => from + i * 0.2);
  return ticks.map((tick) => {
    const at = px(x(tick));
    const line = `<line x1="${at}" x2="${at}" y1="${PLOT.top}" y2="${PLOT.bottom}" stroke="${COLOUR.grid}"/>`;
    const label = `<text x="${at}" y="${PLOT.bottom + 22}" font-size="13" text-anchor="middle" fill="${COLOUR.faint}">${(tick + 0).toFixed(1).replace('-0.0', '0.0')}</text>`;
    return line + label;
  });
}

/** Each mark has its own height, so that labels of close thresholds do not lie over each other. */
function bandMarks(calibration: Calibration, x: Scale): string[] {
  const marks = [
    { name: 'moderate', at: calibration.moderate },
    { name: 'strong', at: calibration.strong },
  ];
  return marks.map(({ name, at }, i) => {
    const left = px(x(at));
    const line = `<line x1="${left}" x2="${left}" y1="${PLOT.top - 14 + i * 18}" y2="${PLOT.bottom}" stroke="${COLOUR.ink}" stroke-dasharray="4 4"/>`;
    const label = `<text x="${left}" dx="6" y="${PLOT.top - 4 + i * 18}" font-size="12" fill="${COLOUR.ink}">${name} ≥ ${at.toFixed(2)}</text>`;
    return line + label;
  });
}

function legend(
  { name, colour, cosines }: { name: string; colour: string; cosines: number[] },
  i: number,
): string {
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, cosines.length);
  const left = PLOT.left + i * 340;
  const swatch = `<rect x="${left}" y="53" width="14" height="14" rx="3" fill="${colour}" fill-opacity="0.8"/>`;
  const words = `${cosines.length.toLocaleString('en')} pairs of ${i === 0 ? name : `the ${name}`}, mean ${mean.toFixed(2)}`;
  return `${swatch}<text x="${left + 22}" y="65" font-size="14" fill="${COLOUR.ink}">${words}</text>`;
}

const px = (value: number) => Number(value.toFixed(2));

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
