import sharp, { type OverlayOptions } from 'sharp';
import { drawText, wrapText } from '#core/imaging/draw-text.ts';
import type { ShownBand } from './band-colours.ts';
import { drawScore } from './contact-sheet-score.ts';

export interface SheetScene {
  /** Encoded bytes of the picture. */
  readonly image: Uint8Array;
  readonly prompt: string;
  /** Cosine in [-1, 1]; null when the picture could not be scored. */
  readonly idr: number | null;
  /** Probability of the same person, in [0, 1]; null with `idr`. */
  readonly confidence: number | null;
  readonly band: ShownBand;
  /** What the scene changed in the state, one short line each, for example "+ torn red cloak". */
  readonly changes: readonly string[];
}

export interface Sheet {
  readonly character: { readonly name: string; readonly portrait: Uint8Array };
  readonly scenes: readonly SheetScene[];
}

const PAPER = '#14161d';
const CARD = '#1e212b';
const INK = '#f1ece2';
const MUTED = '#a3a7b5';
const MARGIN = 44;
const GAP = 24;
const PORTRAIT = 300;
const PICTURE = 440;
const CARD_HEIGHT = PICTURE + 264;
const HEADER = 96;
const MAX_COLUMNS = 3;
const PADDING = 20;

/**
 * Draws one picture of a story: the reference portrait, then every scene with its words, IDR and what it changed.
 *
 * sheet.scenes: 1 or more, three a row.
 * Returns PNG bytes.
 * @throws {Error} when a picture cannot be decoded.
 */
export async function contactSheet(sheet: Sheet): Promise<Uint8Array> {
  const columns = Math.min(MAX_COLUMNS, Math.max(1, sheet.scenes.length));
  const rows = Math.max(1, Math.ceil(sheet.scenes.length / columns));
  const width = MARGIN * 2 + PORTRAIT + columns * (PICTURE + GAP);
  const height = MARGIN * 2 + HEADER + rows * (CARD_HEIGHT + GAP) - GAP;
  const spots = sheet.scenes.map((scene, n) => ({
    scene,
    left: MARGIN + PORTRAIT + GAP + (n % columns) * (PICTURE + GAP),
    top: MARGIN + HEADER + Math.floor(n / columns) * (CARD_HEIGHT + GAP),
  }));
  const top = MARGIN + HEADER;
  const drawing = [
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>`,
    drawHeader(sheet, width),
    card(MARGIN, top, PORTRAIT, PORTRAIT * 1.25 + 92),
    drawPortraitText(sheet, MARGIN, top + PORTRAIT * 1.25),
    ...spots.map(
      ({ scene, left, top }, n) => card(left, top, PICTURE, CARD_HEIGHT) + drawSceneText(scene, n, left, top),
    ),
  ];
  const pictures = await Promise.all([
    picture(sheet.character.portrait, MARGIN, top, PORTRAIT, PORTRAIT * 1.25),
    ...spots.map(({ scene, left, top }) => picture(scene.image, left, top, PICTURE, PICTURE)),
  ]);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawing.join('')}</svg>`;
  return sharp(Buffer.from(svg)).composite(pictures).removeAlpha().png({ compressionLevel: 9 }).toBuffer();
}

function drawHeader({ character, scenes }: Sheet, width: number): string {
  const held = scenes.filter(({ band }) => band === 'strong' || band === 'moderate').length;
  const summary = `${scenes.length} ${scenes.length === 1 ? 'scene' : 'scenes'} · identity held in ${held}`;
  return (
    drawText(`The story of ${character.name}`, MARGIN, MARGIN + 40, {
      typeface: 'serif',
      sizePx: 44,
      fill: INK,
    }) +
    drawText(summary, width - MARGIN, MARGIN + 38, {
      typeface: 'sans',
      sizePx: 22,
      fill: MUTED,
      anchor: 'end',
    })
  );
}

function drawPortraitText({ character }: Sheet, left: number, top: number): string {
  const [name = ''] = wrapText(
    character.name,
    { typeface: 'serif', sizePx: 32 },
    { widthPx: PORTRAIT - PADDING * 2, maxLines: 1 },
  );
  return (
    drawText(name, left + PADDING, top + 44, { typeface: 'serif', sizePx: 32, fill: INK }) +
    drawText('Reference', left + PADDING, top + 72, { typeface: 'sans', sizePx: 16, fill: MUTED })
  );
}

function drawSceneText(scene: SheetScene, index: number, left: number, top: number): string {
  const style = { typeface: 'serif', sizePx: 21, fill: INK } as const;
  const widthPx = PICTURE - PADDING * 2;
  const lines = wrapText(`${index + 1}. ${scene.prompt}`, style, { widthPx, maxLines: 3 });
  const changes = scene.changes.length > 0 ? scene.changes : ['no change in the state'];
  const small = { typeface: 'sans', sizePx: 16, fill: MUTED } as const;
  const changeLines = wrapText(changes.map((change) => change.replaceAll(' ', '\u00a0')).join(' · '), small, {
    widthPx,
    maxLines: 2,
  });
  const x = left + PADDING;
  return [
    ...lines.map((text, n) => drawText(text, x, top + PICTURE + 36 + n * 28, style)),
    drawScore(scene, x, top + PICTURE + 122, widthPx),
    ...changeLines.map((text, n) => drawText(text, x, top + PICTURE + 220 + n * 24, small)),
  ].join('');
}

function card(left: number, top: number, width: number, height: number): string {
  return `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="18" fill="${CARD}" stroke="#ffffff" stroke-opacity="0.07"/>`;
}

/** A picture cut to its frame, with the card's round upper corners. */
async function picture(
  image: Uint8Array,
  left: number,
  top: number,
  width: number,
  height: number,
): Promise<OverlayOptions> {
  const corners = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="M0 ${height}V18A18 18 0 0 1 18 0H${width - 18}A18 18 0 0 1 ${width} 18V${height}Z"/></svg>`;
  const input = await sharp(image)
    .rotate()
    .resize(width, height, { fit: 'cover', position: 'attention' })
    .ensureAlpha()
    .composite([{ input: Buffer.from(corners), blend: 'dest-in' }])
    .png()
    .toBuffer();
  return { input, left, top };
}
