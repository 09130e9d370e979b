import { blend, hex, type Rgb, shade } from './colour.ts';
import type { Look } from './look.ts';

/**
 * Clothes are drawn in face units: the chin at (0, 0), the face 1 wide, y down; the neck leaves the head at about
 * (+-0.36, 0.1) and the shoulders end at about (+-1.3, 0.75).
 */
export interface Garment {
  readonly shape: GarmentShape;
  readonly colour: Rgb;
  /** What is seen beneath an open garment. */
  readonly under: Rgb;
  readonly condition: ReadonlySet<Condition>;
}

export const GARMENT_SHAPES = ['cloak', 'coat', 'armour', 'gown', 'robe', 'shirt', 'knit', 'space'] as const;
export type GarmentShape = (typeof GARMENT_SHAPES)[number];
export type Condition = 'torn' | 'bloody' | 'muddy' | 'wet' | 'burnt';

/** SVG to draw before the head, and after it. */
export interface Drawing {
  readonly behind: string;
  readonly front: string;
}

/** The colours of one cloth in this light. */
export interface Cloth {
  readonly lit: string;
  readonly base: string;
  readonly dark: string;
  readonly deep: string;
}

export function clothOf(colour: Rgb, look: Look): Cloth {
  const base = [
    colour[0] * look.ambient[0],
    colour[1] * look.ambient[1],
    colour[2] * look.ambient[2],
  ] as const;
  return {
    lit: hex(blend(shade(base, 1.3), look.light.colour, 0.16 + 0.14 * look.light.strength)),
    base: hex(base),
    dark: hex(blend(shade(base, 0.62), look.ink, 0.18)),
    deep: hex(blend(shade(base, 0.34), look.ink, 0.35)),
  };
}

/** A gradient that runs from the light's side (-1 left, 1 right) across the body. */
export function sideGradient(id: string, cloth: Cloth, side: number): string {
  return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${side * 1.5}" y1="0.2" x2="${-side * 1.4}" y2="1.5"><stop offset="0" stop-color="${cloth.lit}"/><stop offset="0.36" stop-color="${cloth.base}"/><stop offset="0.75" stop-color="${cloth.dark}"/><stop offset="1" stop-color="${cloth.deep}"/></linearGradient>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

export function line(d: string, stroke: string, width: number, opacity = 1, more = ''): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-opacity="${opacity}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
}

/** The same drawing and its mirror image. */
export function bothSides(elements: string): string {
  return `${elements}<g transform="scale(-1 1)">${elements}</g>`;
}

/** Shoulders and chest with a neckline that is `dip` deep and `open` wide at the neck. */
export function torso(dip: number, open = 0.42, slope = 0): string {
  const neck = 0.14 + slope;
  const shoulder = (side: number) =>
    `C${side * 0.66} ${0.38 + slope} ${side * 0.98} 0.42 ${side * 1.2} 0.58 C${side * 1.46} 0.78 ${side * 1.52} 1.2 ${side * 1.6} 5`;
  return `M${-open} ${neck}${shoulder(-1)}L1.6 5C1.52 1.2 1.46 .78 1.2 .58C.98 .42 .66 ${0.38 + slope} ${open} ${neck}C${open * 0.85} ${neck + dip * 0.55} ${open * 0.4} ${neck + dip} 0 ${neck + dip}C${-open * 0.4} ${neck + dip} ${-open * 0.85} ${neck + dip * 0.55} ${-open} ${neck}Z`;
}

/** Folds from the shoulders down, and the fall of the arms. */
export function folds(cloth: Cloth, side: number, strength = 1): string {
  const dark = [
    'M-.98 .8C-.96 1.3 -1.06 1.8 -1.02 3',
    'M.98 .8C.96 1.3 1.06 1.8 1.02 3',
    'M-.5 .62C-.62 1 -.5 1.5 -.6 2.6',
    'M.46 .7C.6 1.1 .46 1.6 .56 2.6',
    'M-.1 .9C-.2 1.4 -.06 1.9 -.12 3',
  ];
  const light = [
    'M-.86 .74C-.82 1.2 -.92 1.7 -.86 3',
    'M.7 .66C.76 1.1 .7 1.5 .78 2.6',
    'M.16 .9C.2 1.4 .12 2 .2 3',
  ];
  return (
    dark.map((d) => line(d, cloth.deep, 0.075, 0.42 * strength, 'filter="url(#soft)"')).join('') +
    light.map((d) => line(d, cloth.lit, 0.06, 0.34 * strength, 'filter="url(#soft)"')).join('') +
    line(
      `M${side * 0.45} .24C${side * 0.7} .42 ${side} .46 ${side * 1.2} .62C${side * 1.42} .8 ${side * 1.5} 1.2 ${side * 1.56} 2`,
      cloth.lit,
      0.05,
      0.8 * strength,
      'filter="url(#soft)"',
    )
  );
}
