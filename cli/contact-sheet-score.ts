import { drawText, measureText } from '#core/imaging/draw-text.ts';
import { BAND_COLOURS, type ShownBand } from './band-colours.ts';
import { formatConfidence } from './format-confidence.ts';

/** Draws an IDR: the number, its band, and a bar from 0 to 1 filled up to it. `top` is the bar block's upper edge. */
export function drawScore(
  score: { readonly idr: number | null; readonly confidence: number | null; readonly band: ShownBand },
  x: number,
  top: number,
  widthPx: number,
): string {
  const colour = BAND_COLOURS[score.band];
  const number = score.idr === null ? 'n/a' : score.idr.toFixed(2);
  const large = { typeface: 'sans', sizePx: 34, fill: colour } as const;
  const small = { typeface: 'sans', sizePx: 16, fill: '#a3a7b5' } as const;
  const label = `IDR · ${score.band === 'n/a' ? 'not scored' : score.band}`;
  const sure = score.confidence === null ? '' : `${formatConfidence(score.confidence)} same person`;
  const filled = widthPx * Math.max(0, Math.min(1, score.idr ?? 0));
  return [
    drawText(number, x, top + 34, large),
    drawText(label, x + measureText(number, large) + 12, top + 33, small),
    drawText(sure, x + widthPx, top + 33, { ...small, anchor: 'end' }),
    `<rect x="${x}" y="${top + 50}" width="${widthPx}" height="8" rx="4" fill="#ffffff" fill-opacity="0.1"/>`,
    `<rect x="${x}" y="${top + 50}" width="${filled.toFixed(1)}" height="8" rx="4" fill="${colour}"/>`,
  ].join('');
}
