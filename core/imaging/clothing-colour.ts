import type { Box } from '../domain/face.ts';
import { type ColourName, colourName } from './colour-name.ts';
import { type Lab, labOfRgb } from './lab.ts';
import type { Photo } from './read-photo.ts';

export interface ClothingColour {
  readonly name: ColourName;
  /** Mean colour of the cloth, `#rrggbb`. */
  readonly hex: string;
  /** Part of the chest, without skin, that has this colour, in [0.5, 1]. */
  readonly share: number;
}

interface Sample {
  readonly rgb: readonly [number, number, number];
  readonly lab: Lab;
}

/**
 * Where cloth is on an upright person, in face boxes: the chest, from the neckline down. Not much wider than the face,
 * as shoulders are about three faces wide and arms and background begin there. This and the limits below were fitted by
 * eye on 80 photos and renders, portraits and whole figures.
 */
const CHEST = { top: 1.35, bottom: 2.8, halfWidth: 0.7 };
/** Less of the chest than this, in face heights, is a collar at best. */
const MIN_CHEST_HEIGHT = 0.12;
/** Under this share the clothes are patterned, or the region is not clothes: no name is better than a wrong one. */
const MIN_SHARE = 0.5;
/** Nearer to the colour of the face than this, lightness counted half, is skin: a neck in shadow too. */
const SKIN_DISTANCE = 13;
/** With so much of the chest like the face, skin and cloth cannot be told apart. */
const MAX_SKIN_SHARE = 0.6;
/** How far one cloth spreads in Lab, folds and light included, lightness counted half. */
const CLOTH_SPREAD = 14;
/** The mean comes to rest within this many steps in practice. */
const SHIFT_STEPS = 5;
/** Samples a side: 1,600 are plenty for one name. */
const GRID = 40;

/**
 * Tells the main colour of a person's clothes by the chest below the face.
 *
 * photo: the picture; faceBox: that person's face in its pixels.
 * Undefined where too little of the chest is in the picture, it shows mostly skin, or no colour prevails.
 */
export function clothingColour(photo: Photo, faceBox: Box): ClothingColour | undefined {
  const chest = inside(photo, chestOf(faceBox));
  if (!chest || chest.height < MIN_CHEST_HEIGHT * faceBox.height) return undefined;
  const samples = samplesOf(photo, chest);
  const skin = skinOf(photo, faceBox);
  const cloth = skin ? samples.filter(({ lab }) => clothDistance(lab, skin) > SKIN_DISTANCE) : samples;
  if (cloth.length < samples.length * (1 - MAX_SKIN_SHARE)) return undefined;

  const main = mainColour(cloth);
  const share = main.length / cloth.length;
  if (share < MIN_SHARE) return undefined;
  return { name: colourName(meanLab(main)), hex: meanHex(main), share };
}

/**
 * The samples of the colour that prevails: from the fullest cell of a coarse grid over Lab, moved to the mean of what
 * lies near until it rests (mean shift). A fold in shadow stays with its cloth, as lightness counts half.
 */
function mainColour(samples: readonly Sample[]): readonly Sample[] {
  const cells = Map.groupBy(samples, ({ lab: [l, a, b] }) =>
    [l / 2, a, b].map((value) => Math.round(value / CLOTH_SPREAD)).join(),
  );
  let main = [...cells.values()].reduce((most, cell) => (cell.length > most.length ? cell : most), []);
  for (let step = 0; step < SHIFT_STEPS && main.length > 0; step++) {
    const middle = meanLab(main);
    main = samples.filter(({ lab }) => clothDistance(lab, middle) < CLOTH_SPREAD);
  }
  return main;
}

function clothDistance(one: Lab, two: Lab): number {
  return Math.hypot((one[0] - two[0]) / 2, one[1] - two[1], one[2] - two[2]);
}

function meanLab(samples: readonly Sample[]): Lab {
  const mean = (part: 0 | 1 | 2) => samples.reduce((sum, { lab }) => sum + lab[part], 0) / samples.length;
  return [mean(0), mean(1), mean(2)];
}

function chestOf({ x, y, width, height }: Box): Box {
  return {
    x: x + width / 2 - CHEST.halfWidth * width,
    y: y + CHEST.top * height,
    width: 2 * CHEST.halfWidth * width,
    height: (CHEST.bottom - CHEST.top) * height,
  };
}

/** The colour of the middle of the face: nose and cheeks, away from eyes, hair and mouth. */
function skinOf(photo: Photo, { x, y, width, height }: Box): Lab | undefined {
  const middle = { x: x + 0.3 * width, y: y + 0.5 * height, width: 0.4 * width, height: 0.15 * height };
  const region = inside(photo, middle);
  if (!region) return undefined;
  const labs = samplesOf(photo, region).map(({ lab }) => lab);
  return [median(labs.map(([l]) => l)), median(labs.map(([, a]) => a)), median(labs.map(([, , b]) => b))];
}

/** The part of `box` that lies in the photo, in whole pixels; undefined when that is nothing. */
function inside(photo: Photo, box: Box): Box | undefined {
  const x = Math.max(0, Math.round(box.x));
  const y = Math.max(0, Math.round(box.y));
  const width = Math.min(photo.widthPx, Math.round(box.x + box.width)) - x;
  const height = Math.min(photo.heightPx, Math.round(box.y + box.height)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** Colours on an even grid over `region`, which lies in the photo. */
function samplesOf(photo: Photo, region: Box): Sample[] {
  const samples: Sample[] = [];
  for (let row = 0; row < GRID; row++) {
    const y = region.y + Math.floor(((row + 0.5) / GRID) * region.height);
    for (let column = 0; column < GRID; column++) {
      const x = region.x + Math.floor(((column + 0.5) / GRID) * region.width);
      const at = (y * photo.widthPx + x) * 3;
      const [red = 0, green = 0, blue = 0] = photo.rgb.subarray(at, at + 3);
      samples.push({ rgb: [red, green, blue], lab: labOfRgb(red, green, blue) });
    }
  }
  return samples;
}

function meanHex(samples: readonly Sample[]): string {
  const sum = [0, 0, 0];
  for (const { rgb } of samples) for (const [i, level] of rgb.entries()) sum[i] = (sum[i] ?? 0) + level;
  return `#${Buffer.from(sum.map((total) => Math.round(total / samples.length))).toString('hex')}`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
