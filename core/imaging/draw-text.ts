import sans from './glyphs/sans.json' with { type: 'json' };
import serif from './glyphs/serif.json' with { type: 'json' };

interface Typeface {
  readonly ascender: number;
  readonly descender: number;
  /** Moves the second letter of a pair, units of 1/1000 em. */
  readonly kerning: Readonly<Record<string, number>>;
  readonly advances: Readonly<Record<string, number>>;
  readonly outlines: Readonly<Record<string, string>>;
}

const TYPEFACES: Readonly<Record<TypefaceName, Typeface>> = { sans, serif };
const EM = 1000;

export type TypefaceName = 'sans' | 'serif';

export interface TextStyle {
  readonly typeface: TypefaceName;
  /** Height of the em square, px; capitals are about 0.7 of it. */
  readonly sizePx: number;
  /** CSS colour; comes from the program, never from a person. */
  readonly fill: string;
  /** Which end of the line `x` names. */
  readonly anchor?: 'start' | 'middle' | 'end';
}

/**
 * Draws one line of text as SVG paths, so that it looks the same on a machine without fonts. `y` is the baseline.
 * Letters beyond Latin-1 (and line breaks) are drawn as an empty box, so that a missing letter is seen.
 */
export function drawText(text: string, x: number, y: number, style: TextStyle): string {
  const scale = style.sizePx / EM;
  const shift = { start: 0, middle: 0.5, end: 1 }[style.anchor ?? 'start'] * measureText(text, style);
  const letters = layOut(text, TYPEFACES[style.typeface])
    .filter(({ outline }) => outline !== '')
    .map(({ at, outline }) => `<path transform="translate(${at})" d="${outline}"/>`);
  return `<g fill="${style.fill}" transform="translate(${round(x - shift)} ${round(y)}) scale(${round(scale)})">${letters.join('')}</g>`;
}

/** Width of one line, px. */
export function measureText(
  text: string,
  { typeface, sizePx }: Pick<TextStyle, 'typeface' | 'sizePx'>,
): number {
  const last = layOut(text, TYPEFACES[typeface]).at(-1);
  return last ? ((last.at + last.advance) * sizePx) / EM : 0;
}

/**
 * Breaks text into lines of at most `widthPx`, at spaces where it can (never at one that does not break, U+00A0) and inside a word where it must; what does not
 * fit into `maxLines` ends in an ellipsis.
 */
export function wrapText(
  text: string,
  style: Pick<TextStyle, 'typeface' | 'sizePx'>,
  { widthPx, maxLines }: { readonly widthPx: number; readonly maxLines: number },
): string[] {
  const fits = (line: string) => measureText(line, style) <= widthPx;
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(/[ \t\r\n]+/)
    .filter(Boolean)
    .flatMap((long) => splitWord(long, fits))) {
    const longer = line ? `${line} ${word}` : word;
    if (fits(longer)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line) lines.push(line);
  if (lines.length <= maxLines) return lines;
  return [...lines.slice(0, maxLines - 1), ellipsis(lines[maxLines - 1] ?? '', fits)];
}

function splitWord(word: string, fits: (text: string) => boolean): string[] {
  if (fits(word)) return [word];
  const parts: string[] = [];
  let part = '';
  for (const letter of word) {
    if (part && !fits(part + letter)) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part];
}

function ellipsis(line: string, fits: (text: string) => boolean): string {
  let kept = line;
  while (kept && !fits(`${kept}…`)) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

interface PlacedLetter {
  readonly at: number;
  readonly advance: number;
  readonly outline: string;
}

const MISSING = { advance: 600, outline: 'M80 0V-700H520V0ZM140 -60H460V-640H140Z' };

function layOut(text: string, typeface: Typeface): PlacedLetter[] {
  let at = 0;
  let before = '';
  return [...text.normalize('NFC')].map((letter) => {
    at += typeface.kerning[before + letter] ?? 0;
    const advance = typeface.advances[letter] ?? MISSING.advance;
    const placed = { at, advance, outline: typeface.outlines[letter] ?? MISSING.outline };
    at += advance;
    before = letter;
    return placed;
  });
}

function round(value: number): number {
  return Math.round(value * 10000) / 10000;
}
