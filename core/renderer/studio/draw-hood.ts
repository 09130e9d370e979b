import { hex, shade, tint } from './colour.ts';
import {
  bothSides,
  type Cloth,
  clothOf,
  type Drawing,
  type Garment,
  line,
  path,
  sideGradient,
} from './garment.ts';
import type { Look } from './look.ts';

/** Mail is darker than the plates over it. */
const MAIL_SHADE = 0.55;
const SOFT = 'filter="url(#soft)"';

/** Heights on a hood, in face units from the chin upwards (so negative). */
interface Heights {
  readonly peak: number;
  readonly top: number;
  readonly brow: number;
  readonly cheek: number;
  readonly mouth: number;
}

/**
 * Draws the garment's hood, up, about a face whose outline is not known: a dark hollow behind the face, cloth round it.
 * In face units from the chin; `up` is the way from the chin to the eyes. It leaves open what `ovalMask()` keeps.
 */
export function drawHood(garment: Garment, look: Look, up: number): Drawing {
  const side = look.light.x > 0.5 ? 1 : -1;
  const isMail = garment.shape === 'armour';
  const colour = isMail ? shade(garment.colour, MAIL_SHADE) : garment.colour;
  const cloth = clothOf(colour, look);
  const hollow = hex(shade(tint(colour, look.ambient), 0.2));
  const at = {
    peak: -up * 2.12 - 0.2,
    top: -up * 2.12,
    brow: -up * 1.6,
    cheek: -up * 0.95,
    mouth: -up * 0.3,
  };
  const rim = `M-.48 .5C-.64 ${at.mouth} -.68 ${-up * 0.6} -.66 ${at.cheek}C-.64 ${at.brow} -.4 ${at.top} 0 ${at.top}C.4 ${at.top} .64 ${at.brow} .66 ${at.cheek}C.68 ${-up * 0.6} .64 ${at.mouth} .48 .5`;
  const outside = `M-1.3 1C-1.14 .5 -.9 .3 -.9 ${-up * 0.5}C-.94 ${at.peak * 0.78} -.6 ${at.peak} ${side * 0.04} ${at.peak}C.6 ${at.peak} .94 ${at.peak * 0.78} .9 ${-up * 0.5}C.9 .3 1.14 .5 1.3 1Z`;
  const shape = `${outside}${rim}Z`;
  const front = [
    sideGradient('hood', cloth, side),
    '<filter id="shade" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="0.06"/></filter>',
    line(rim, hollow, 0.26, 0.5, 'filter="url(#shade)"'),
    path(shape, 'url(#hood)', 'fill-rule="evenodd"'),
    isMail ? rings(shape, cloth.lit) : '',
    folds(at, cloth),
    line(rim, cloth.base, 0.07),
    line(rim, cloth.deep, 0.02, 0.8),
    gleams(at, cloth, side),
  ];
  return {
    behind: path(`${rim}Z`, hollow, `stroke="${hollow}" stroke-width=".2"`),
    front: front.join(''),
  };
}

function folds({ top, brow, cheek, mouth }: Heights, cloth: Cloth): string {
  const lines = [
    `M.62 ${brow}C.84 ${cheek} .82 ${mouth} .6 .3`,
    `M.3 ${top - 0.06}C.66 ${top * 0.94} .8 ${brow} .8 ${cheek}`,
    `M.76 ${mouth - 0.08}C.78 .1 .86 .3 1.02 .56`,
  ];
  return bothSides(lines.map((d) => line(d, cloth.deep, 0.06, 0.42, SOFT)).join(''));
}

/** Light along the rim and the back, on the light's side. */
function gleams({ peak, top, brow, cheek, mouth }: Heights, cloth: Cloth, side: number): string {
  const along = `M.68 ${mouth - 0.08}C.74 ${cheek} .7 ${brow} .36 ${top}`;
  const back = `M.86 ${mouth - 0.08}C.88 ${peak * 0.7} .64 ${peak * 0.95} .2 ${peak + 0.03}`;
  return `<g transform="scale(${side} 1)">${line(along, cloth.lit, 0.035, 0.8, SOFT)}${line(back, cloth.lit, 0.05, 0.6, SOFT)}</g>`;
}

function rings(d: string, colour: string): string {
  return `<pattern id="mail" width=".06" height=".05" patternUnits="userSpaceOnUse"><circle cx=".03" cy=".025" r=".02" fill="none" stroke="${colour}" stroke-width=".009"/></pattern>${path(d, 'url(#mail)', 'fill-rule="evenodd"')}`;
}
