import type { Rgb } from './colour.ts';
import {
  bothSides,
  type Cloth,
  clothOf,
  type Drawing,
  folds,
  type Garment,
  type GarmentShape,
  line,
  path,
  sideGradient,
  torso,
} from './garment.ts';
import { drawWear } from './garment-wear.ts';
import type { Look } from './look.ts';

interface Fitting {
  readonly cloth: Cloth;
  readonly under: Cloth;
  readonly metal: Cloth;
  /** -1 when the light comes from the left, 1 from the right. */
  readonly side: number;
  /** What a free hem ends in: a straight or a ragged edge between two points. */
  readonly hem: (fromX: number, fromY: number, toX: number, toY: number) => string;
}

const GOLD: Rgb = [0.83, 0.65, 0.3];

/** Draws a garment for the bust, in face units. */
export function drawGarment(garment: Garment, look: Look, random: () => number): Drawing {
  const side = look.light.x > 0.5 ? 1 : -1;
  const ragged = garment.condition.has('torn') || garment.condition.has('burnt');
  const fitting: Fitting = {
    cloth: clothOf(garment.colour, look),
    under: clothOf(garment.shape === 'armour' ? [0.24, 0.21, 0.2] : garment.under, look),
    metal: clothOf(garment.shape === 'armour' ? garment.colour : GOLD, look),
    side,
    hem: (fromX, fromY, toX, toY) => hemLine(fromX, fromY, toX, toY, ragged ? 0.16 : 0.02, random),
  };
  const drawing = SHAPES[garment.shape](fitting);
  return {
    behind: drawing.behind,
    front: drawing.front + drawWear(garment.condition, fitting.cloth, random),
  };
}

function hemLine(
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  depth: number,
  random: () => number,
): string {
  const steps = 14;
  let d = '';
  for (let n = 1; n <= steps; n++) {
    const t = n / steps;
    const jag = (n % 2 === 0 ? 1 : -1) * depth * (0.3 + random());
    const length = Math.hypot(toX - fromX, toY - fromY);
    const nx = -(toY - fromY) / length;
    const ny = (toX - fromX) / length;
    const last = n === steps;
    d += `L${(fromX + (toX - fromX) * t + (last ? 0 : nx * jag)).toFixed(3)} ${(fromY + (toY - fromY) * t + (last ? 0 : ny * jag)).toFixed(3)}`;
  }
  return d;
}

const SHAPES: Readonly<Record<GarmentShape, (fitting: Fitting) => Drawing>> = {
  cloak({ cloth, under, metal, side, hem }) {
    const flap = `M${-side * 0.9} .5C${-side * 1.6} .55 ${-side * 2.2} .75 ${-side * 2.9} .62${hem(-side * 2.9, 0.62, -side * 2.35, 2.1)}C${-side * 1.9} 2 ${-side * 1.6} 2.6 ${-side * 1.1} 3Z`;
    const behind = `${sideGradient('cloth', cloth, side)}${path(flap, cloth.dark)}${line(`M${-side * 1.2} .8C${-side * 1.7} .95 ${-side * 2.2} 1.05 ${-side * 2.6} 1`, cloth.base, 0.12, 0.7, 'filter="url(#soft)"')}${line(`M${-side * 1.2} 1.3C${-side * 1.6} 1.4 ${-side * 2} 1.5 ${-side * 2.4} 1.5`, cloth.deep, 0.12, 0.6, 'filter="url(#soft)"')}${path('M-.62 .5C-.82 .1 -.74 -.22 -.5 -.3L.5 -.3C.74 -.22 .82 .1 .62 .5Z', cloth.deep)}`;
    const mantle = `M0 .66C-.12 .56 -.36 .4 -.5 .02C-.62 .1 -.72 .22 -.78 .34C-1.05 .4 -1.32 .56 -1.46 .8C-1.66 1.2 -1.72 2 -1.86 3.4L-.62 3.4C-.44 2.2 -.3 1.2 0 .66Z`;
    const folded = 'M0 .68C-.2 .62 -.5 .42 -.56 -.02C-.7 .1 -.86 .3 -.84 .46C-.6 .74 -.26 .86 0 .68Z';
    const right = `M0 .66C.12 .56 .36 .4 .5 .02C.62 .1 .72 .22 .78 .34C1.05 .4 1.32 .56 1.46 .8C1.66 1.2 1.72 2 1.86 3.4L.62 3.4C.44 2.2 .3 1.2 0 .66Z`;
    const left = mantle;
    const front = `${sideGradient('cloth', cloth, side)}${sideGradient('under', under, side)}${path(torso(0.3), 'url(#under)')}${folds(under, side, 0.7)}${path(left, 'url(#cloth)')}${path(right, 'url(#cloth)')}${folds(cloth, side)}${bothSides(line('M-.16 1C-.3 1.6 -.46 2.4 -.56 3.2', cloth.deep, 0.05, 0.6, 'filter="url(#soft)"'))}${bothSides(path(folded, cloth.base))}${bothSides(line('M-.6 .06C-.56 .42 -.3 .64 -.04 .66', cloth.deep, 0.06, 0.7, 'filter="url(#soft)"'))}${line(`M${side * 0.62} .1C${side * 0.74} .24 ${side * 0.84} .36 ${side * 0.82} .46`, cloth.lit, 0.04, 0.9)}<circle cx="0" cy=".72" r=".1" fill="${metal.base}"/><circle cx="0" cy=".72" r=".065" fill="${metal.dark}"/><circle cx="${side * 0.03}" cy=".69" r=".03" fill="${metal.lit}"/>`;
    return { behind, front };
  },
  coat({ cloth, under, side }) {
    const lapel =
      'M-.44 .1C-.52 .2 -.6 .3 -.64 .36L-.78 .82L-.5 .92L-.58 1.04L0 2L0 1.6C-.2 1.1 -.38 .6 -.44 .1Z';
    const front = `${sideGradient('cloth', cloth, side)}${sideGradient('under', under, side)}${path(torso(0.36, 0.4), 'url(#under)')}${bothSides(path('M-.42 .08C-.5 .2 -.42 .46 -.3 .62L-.02 .5C-.2 .44 -.36 .3 -.42 .08Z', under.lit))}${path('M-.46 .16C-.68 .38 -.98 .42 -1.22 .58C-1.5 .78 -1.58 1.2 -1.68 5L1.68 5C1.58 1.2 1.5 .78 1.22 .58C.98 .42 .68 .38 .46 .16C.36 .8 .18 1.3 0 1.7C-.18 1.3 -.36 .8 -.46 .16Z', 'url(#cloth)')}${folds(cloth, side)}${bothSides(path(lapel, cloth.base))}${bothSides(line('M-.64 .36L-.78 .82L-.5 .92L-.58 1.04L0 2', cloth.deep, 0.025, 0.7))}${bothSides(line('M-.46 .16C-.38 .7 -.2 1.2 0 1.7', cloth.deep, 0.05, 0.6, 'filter="url(#soft)"'))}${line('M0 1.7L0 4', cloth.deep, 0.03, 0.8)}${[2.05, 2.5].map((y) => `<circle cx=".14" cy="${y}" r=".05" fill="${cloth.deep}"/>`).join('')}`;
    return { behind: '', front };
  },
  armour({ cloth, metal, under, side }) {
    const steel = metal;
    const plate = (n: number) =>
      `M-.6 ${0.46 + n * 0.17}C-.9 ${0.3 + n * 0.17} -1.4 ${0.4 + n * 0.2} -1.66 ${0.86 + n * 0.24}C-1.5 ${0.98 + n * 0.22} -1.3 ${1 + n * 0.2} -.98 ${0.92 + n * 0.2}Z`;
    const pauldron = [2, 1, 0]
      .map((n) => path(plate(n), 'url(#steel)', `stroke="${steel.deep}" stroke-width=".02"`))
      .join('');
    const front = `${sideGradient('steel', steel, side)}${sideGradient('under', under, side)}${path(torso(0.16, 0.46), 'url(#under)')}${path('M-.74 .5C-.4 .72 .4 .72 .74 .5L1.1 .8C1 1.6 1.04 2.4 .94 5L-.94 5C-1.04 2.4 -1 1.6 -1.1 .8Z', 'url(#steel)', `stroke="${steel.deep}" stroke-width=".03"`)}${line('M0 .72C.03 1.4 .03 2 0 4', steel.deep, 0.04, 0.7)}${line('M.06 .8C.1 1.4 .1 2 .06 4', steel.lit, 0.03, 0.8)}${bothSides(line('M-.84 .84C-.7 1.24 -.4 1.5 -.06 1.58', steel.deep, 0.05, 0.5, 'filter="url(#soft)"'))}${line(`M${side * 0.62} .78C${side * 0.74} 1.2 ${side * 0.7} 1.8 ${side * 0.74} 2.6`, steel.lit, 0.12, 0.8, 'filter="url(#soft)"')}${bothSides(pauldron)}${line(`M${side * 0.72} .46C${side * 1} .38 ${side * 1.38} .48 ${side * 1.58} .82`, steel.lit, 0.05, 0.9, 'filter="url(#soft)"')}${path('M-.5 .1C-.56 .3 -.6 .44 -.68 .54C-.3 .82 .3 .82 .68 .54C.6 .44 .56 .3 .5 .1C.4 .36 .2 .46 0 .46C-.2 .46 -.4 .36 -.5 .1Z', 'url(#steel)', `stroke="${steel.deep}" stroke-width=".025"`)}${line('M-.64 .54C-.3 .78 .3 .78 .64 .54', cloth.lit, 0.03, 0.8)}`;
    return { behind: '', front };
  },
  gown({ cloth, metal, side }) {
    const sleeve =
      'M-.86 .5C-1.24 .42 -1.6 .74 -1.62 1.22C-1.63 1.56 -1.36 1.72 -1.12 1.6C-1 1.3 -.94 .9 -.86 .5Z';
    const lace = 'M-.52 .24C-.46 .52 -.26 .68 0 .7C.26 .68 .46 .52 .52 .24';
    const front = `${sideGradient('cloth', cloth, side)}${path(torso(0.44, 0.5), 'url(#cloth)')}${folds(cloth, side)}${bothSides(path(sleeve, 'url(#cloth)') + line('M-.9 .56C-1 .9 -1.06 1.3 -1.12 1.58', cloth.deep, 0.06, 0.6, 'filter="url(#soft)"') + line('M-1.16 .62C-1.26 .9 -1.26 1.2 -1.3 1.56', cloth.deep, 0.05, 0.4, 'filter="url(#soft)"') + line('M-1.56 1.3C-1.52 1.56 -1.36 1.66 -1.14 1.58', metal.base, 0.035))}${line(lace, metal.dark, 0.075)}${line(lace, metal.lit, 0.035, 1, 'stroke-dasharray=".01 .07"')}${line('M-.2 1.1C-.1 1.3 .1 1.3 .2 1.1M-.24 1.4C-.1 1.6 .1 1.6 .24 1.4M-.28 1.72C-.1 1.9 .1 1.9 .28 1.72', metal.base, 0.025, 0.8)}<circle cx="0" cy=".84" r=".07" fill="${metal.base}"/><circle cx="${side * 0.02}" cy=".82" r=".03" fill="${metal.lit}"/>`;
    return { behind: '', front };
  },
  robe({ cloth, under, metal, side }) {
    const over =
      'M.5 .08C.56 .3 .8 .42 1.2 .58C1.5 .78 1.66 1.2 1.86 5L-1.86 5C-1.66 1.2 -1.5 .78 -1.2 .58C-.8 .42 -.56 .3 -.5 .08C-.4 .5 -.2 .9 .12 1.5L.2 1.36C.36 .9 .46 .5 .5 .08Z';
    const front = `${sideGradient('cloth', cloth, side)}${sideGradient('under', under, side)}${path(torso(0.34), 'url(#under)')}${path(over, 'url(#cloth)')}${folds(cloth, side)}${line('M-.5 .1C-.4 .54 -.16 1 .5 2.4', metal.dark, 0.13, 1)}${line('M-.5 .1C-.4 .54 -.16 1 .5 2.4', metal.base, 0.08, 1)}${line('M.5 .1C.46 .5 .36 .9 .14 1.44', metal.dark, 0.13, 1)}${line('M.5 .1C.46 .5 .36 .9 .14 1.44', metal.base, 0.08, 1)}`;
    return { behind: '', front };
  },
  shirt({ cloth, side }) {
    const front = `${sideGradient('cloth', cloth, side)}${path(torso(0.36), 'url(#cloth)')}${folds(cloth, side)}${bothSides(path('M-.44 .06C-.52 .2 -.5 .46 -.4 .7L-.02 .52C-.24 .44 -.4 .3 -.44 .06Z', cloth.base))}${bothSides(line('M-.5 .3C-.5 .46 -.46 .6 -.4 .7L-.02 .52', cloth.deep, 0.022, 0.7))}${line('M0 .52L0 4', cloth.deep, 0.022, 0.6)}${[0.8, 1.2, 1.6, 2].map((y) => `<circle cx=".05" cy="${y}" r=".03" fill="${cloth.deep}"/>`).join('')}`;
    return { behind: '', front };
  },
  knit({ cloth, side }) {
    const ribs = Array.from({ length: 11 }, (_, n) => {
      const x = -0.4 + n * 0.08;
      return line(
        `M${x} ${0.2 + 0.3 * (1 - (x / 0.42) ** 2)}L${x * 1.06} ${0.36 + 0.3 * (1 - (x / 0.46) ** 2)}`,
        cloth.deep,
        0.018,
        0.5,
      );
    }).join('');
    const front = `${sideGradient('cloth', cloth, side)}${path(torso(0.3), 'url(#cloth)')}${folds(cloth, side)}${path('M-.46 .08C-.52 .2 -.52 .28 -.48 .36C-.3 .72 .3 .72 .48 .36C.52 .28 .52 .2 .46 .08C.36 .4 .2 .5 0 .5C-.2 .5 -.36 .4 -.46 .08Z', cloth.base)}${ribs}${line('M-.48 .36C-.3 .72 .3 .72 .48 .36', cloth.deep, 0.03, 0.5, 'filter="url(#soft)"')}`;
    return { behind: '', front };
  },
  space({ cloth, under, metal, side }) {
    const front = `${sideGradient('cloth', cloth, side)}${sideGradient('under', under, side)}${path(torso(0.1, 0.6), 'url(#cloth)')}${folds(cloth, side)}${bothSides(path('M-1.5 1C-1.3 1.06 -1.1 1.06 -.96 1L-.98 1.18C-1.1 1.24 -1.3 1.24 -1.54 1.18Z', 'url(#under)'))}${path('M-.72 .2C-.74 .46 -.5 .72 0 .74C.5 .72 .74 .46 .72 .2C.6 .42 .3 .54 0 .54C-.3 .54 -.6 .42 -.72 .2Z', metal.base)}${line('M-.7 .24C-.66 .5 -.4 .66 0 .67C.4 .66 .66 .5 .7 .24', metal.lit, 0.04, 0.9)}${path('M-.36 1.1L.36 1.1L.4 1.7L-.4 1.7Z', cloth.dark)}<circle cx="-.18" cy="1.3" r=".06" fill="#d4473f"/><circle cx=".02" cy="1.3" r=".06" fill="#e0b93a"/>${path('M.14 1.22L.3 1.22L.3 1.5L.14 1.5Z', '#3f9fb5')}`;
    return { behind: '', front };
  },
};
