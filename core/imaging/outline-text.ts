/**
 * Letters as strokes, so that the mark looks the same on a machine without a single font. Units: capitals are 10 high,
 * small letters 6.4, y grows downwards from the top of a capital.
 */
const LETTERS: Readonly<Record<string, { readonly path: string; readonly width: number }>> = {
  A: { path: 'M0 10L4 0L8 10M1.3 6.8H6.7', width: 8 },
  I: { path: 'M0 0V10', width: 0 },
  D: { path: 'M0 0V10H2.8A5 5 0 0 0 2.8 0Z', width: 7.8 },
  L: { path: 'M0 0V10H5.2', width: 5.2 },
  c: { path: 'M5.46 4.54A3.2 3.2 0 1 0 5.46 9.06', width: 5.5 },
  e: { path: 'M0.1 6.8H6.4A3.2 3.2 0 1 0 5.46 9.06', width: 6.4 },
  i: { path: 'M0 3.6V10M0 0.7V0.71', width: 0 },
  k: { path: 'M0 0V10M4.8 3.6L0 7.7M1.9 6.1L5 10', width: 5 },
  o: { path: 'M0 6.8A3.2 3.2 0 1 0 6.4 6.8A3.2 3.2 0 1 0 0 6.8', width: 6.4 },
  p: { path: 'M0 3.6V12.8M0 6.8A3.2 3.2 0 1 1 6.4 6.8A3.2 3.2 0 1 1 0 6.8', width: 6.4 },
  r: { path: 'M0 3.6V10M0 6.8A3.2 3.2 0 0 1 3.4 3.6', width: 3.4 },
  v: { path: 'M0 3.6L2.9 10L5.8 3.6', width: 5.8 },
  w: { path: 'M0 3.6L2.2 10L4.4 3.6L6.6 10L8.8 3.6', width: 8.8 },
  '·': { path: 'M0 5.6V5.61', width: 0 },
  ' ': { path: '', width: 2 },
};
const SPACING = 2.7;

export const CAPITAL_HEIGHT = 10;

/**
 * Sets one line of text in strokes.
 *
 * text: letters of `AI preview · IDLock` only.
 * svg: path elements without colour or stroke width, from (0, 0); width: in the units of `CAPITAL_HEIGHT`.
 * @throws {RangeError} for a letter that has no outline here.
 */
export function outlineText(text: string): { readonly svg: string; readonly width: number } {
  let x = 0;
  let svg = '';
  for (const letter of text) {
    const outline = LETTERS[letter];
    if (!outline) throw new RangeError(`Cannot draw "${letter}": it has no outline`);
    if (outline.path) svg += `<path transform="translate(${x.toFixed(1)})" d="${outline.path}"/>`;
    x += outline.width + SPACING;
  }
  return { svg, width: Math.max(0, x - SPACING) };
}
