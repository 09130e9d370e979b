import { BAND_COLOURS, type ShownBand } from './band-colours.ts';

export interface ChartScene {
  /** Cosine in [-1, 1]; null when the picture could not be scored. */
  readonly idr: number | null;
  readonly band: ShownBand;
}

const WIDTH = 760;
const HEIGHT = 260;
const LEFT = 46;
const RIGHT = 96;
const TOP = 16;
const BOTTOM = 34;

/**
 * Draws IDR per scene as inline SVG, over the zones of the bands.
 *
 * thresholds: cosines from which a score is moderate and strong, of the encoder that scored the scenes.
 */
export function driftChart(
  scenes: readonly ChartScene[],
  thresholds: { readonly moderate: number; readonly strong: number },
): string {
  const low = Math.min(0, ...scenes.map(({ idr }) => idr ?? 0));
  const toY = (idr: number) => TOP + ((1 - idr) / (1 - low)) * (HEIGHT - TOP - BOTTOM);
  const toX = (n: number) => LEFT + ((n + 0.5) / Math.max(1, scenes.length)) * (WIDTH - LEFT - RIGHT);
  const zones = [
    zone('strong', toY(1), toY(thresholds.strong)),
    zone('moderate', toY(thresholds.strong), toY(thresholds.moderate)),
    zone('weak', toY(thresholds.moderate), toY(low)),
  ];
  const edges = [1, thresholds.strong, thresholds.moderate, 0].map(
    (value) =>
      `<text class="tick" x="${LEFT - 8}" y="${(toY(value) + 4).toFixed(1)}" text-anchor="end">${value.toFixed(2)}</text>`,
  );
  const points = scenes.flatMap(({ idr, band }, n) =>
    idr === null ? [] : [{ x: toX(n), y: toY(idr), idr, band, n }],
  );
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const spoken = scenes
    .map(({ idr }, n) => `scene ${n + 1}: ${idr === null ? 'not scored' : idr.toFixed(2)}`)
    .join(', ');
  return `<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="IDR by scene. ${spoken}">${zones.join('')}${edges.join('')}<polyline points="${line}" fill="none" stroke="currentColor" stroke-opacity=".55" stroke-width="2"/>${points.map(dot).join('')}${scenes.map((scene, n) => foot(scene, n, toX(n))).join('')}</svg>`;
}

function zone(band: 'strong' | 'moderate' | 'weak', from: number, to: number): string {
  return `<rect x="${LEFT}" y="${from.toFixed(1)}" width="${WIDTH - LEFT - RIGHT}" height="${Math.max(0, to - from).toFixed(1)}" fill="${BAND_COLOURS[band]}" fill-opacity=".14"/><text class="tick" x="${WIDTH - RIGHT + 10}" y="${((from + to) / 2 + 4).toFixed(1)}">${band}</text>`;
}

function dot({ x, y, idr, band }: { x: number; y: number; idr: number; band: ShownBand }): string {
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="6.5" fill="${BAND_COLOURS[band]}"/><text class="value" x="${x.toFixed(1)}" y="${(y - 13).toFixed(1)}" text-anchor="middle">${idr.toFixed(2)}</text>`;
}

function foot({ idr }: ChartScene, n: number, x: number): string {
  const text = idr === null ? `${n + 1} (n/a)` : `${n + 1}`;
  return `<text class="tick" x="${x.toFixed(1)}" y="${HEIGHT - 12}" text-anchor="middle">${text}</text>`;
}
