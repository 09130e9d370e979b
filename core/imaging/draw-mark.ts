import { CAPITAL_HEIGHT, outlineText } from './outline-text.ts';

/** Capitals take 1.6 % of the shorter side: legible in a chat's 400 px preview of a 1024 px picture, and no larger. */
const CAPITAL_SHARE = 0.016;
const MIN_CAPITAL_PX = 8;
/** On a narrow picture the mark takes at most this share of the width. */
const MAX_WIDTH_SHARE = 0.6;
/** Around the text, in the units of `CAPITAL_HEIGHT`. */
const PADDING = { x: 8, y: 6.5 };
const HEIGHT = CAPITAL_HEIGHT + 2 * PADDING.y;

export interface Mark {
  readonly svg: string;
  /** Where its top left corner goes, and its size, px. */
  readonly left: number;
  readonly top: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Draws the visible mark of a picture: white letters on a dark, half clear pill with a light rim, so that it can be
 * read on any ground, in the lower right corner.
 */
export function drawMark(
  text: string,
  picture: { readonly widthPx: number; readonly heightPx: number },
): Mark {
  const line = outlineText(text);
  const width = line.width + 2 * PADDING.x;
  const shorterPx = Math.min(picture.widthPx, picture.heightPx);
  const wanted = Math.max(MIN_CAPITAL_PX, shorterPx * CAPITAL_SHARE) / CAPITAL_HEIGHT;
  const scale = Math.min(
    wanted,
    (picture.widthPx * MAX_WIDTH_SHARE) / width,
    (picture.heightPx * MAX_WIDTH_SHARE) / HEIGHT,
  );
  const widthPx = Math.max(1, Math.round(width * scale));
  const heightPx = Math.max(1, Math.round(HEIGHT * scale));
  const marginPx = Math.round(CAPITAL_HEIGHT * scale);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${width.toFixed(1)} ${HEIGHT}" preserveAspectRatio="none">
<rect x="0.4" y="0.4" width="${(width - 0.8).toFixed(1)}" height="${HEIGHT - 0.8}" rx="${HEIGHT / 2}" fill="#101216" fill-opacity="0.62" stroke="#fff" stroke-opacity="0.35" stroke-width="0.8"/>
<g transform="translate(${PADDING.x} ${PADDING.y})" fill="none" stroke="#fff" stroke-opacity="0.95" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${line.svg}</g>
</svg>`;
  return {
    svg,
    left: Math.max(0, picture.widthPx - widthPx - marginPx),
    top: Math.max(0, picture.heightPx - heightPx - marginPx),
    widthPx,
    heightPx,
  };
}
