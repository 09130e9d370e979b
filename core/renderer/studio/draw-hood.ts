import { shade } from './colour.ts';
import { clothOf, type Drawing, type Garment, line, path, sideGradient } from './garment.ts';
import type { Look } from './look.ts';

/** Mail is darker than the plates over it. */
const MAIL_SHADE = 0.55;

/**
 * Draws the garment's hood, up, about a face whose outline is not known: shadow behind the face, cloth round it. In
 * face units from the chin; `up` is the way from the chin to the eyes. The opening is that of `ovalMask()`.
 */
export function drawHood(garment: Garment, look: Look, up: number): Drawing {
  const side = look.light.x > 0.5 ? 1 : -1;
  const isMail = garment.shape === 'armour';
  const cloth = clothOf(isMail ? shade(garment.colour, MAIL_SHADE) : garment.colour, look);
  const top = -up * 2.12;
  const peak = top - 0.2;
  const brow = -up * 1.6;
  const cheek = -up * 0.95;
  const arch = `C-.64 ${-up * 0.3} -.68 ${-up * 0.6} -.66 ${cheek}C-.64 ${brow} -.4 ${top} 0 ${top}C.4 ${top} .64 ${brow} .66 ${cheek}C.68 ${-up * 0.6} .64 ${-up * 0.3} .48 .5`;
  const opening = `M-.48 .5${arch}Z`;
  const outer = `M-1.3 1C-1.14 .5 -.9 .3 -.9 ${-up * 0.5}C-.94 ${peak * 0.78} -.6 ${peak} ${side * 0.04} ${peak}C.6 ${peak} .94 ${peak * 0.78} .9 ${-up * 0.5}C.9 .3 1.14 .5 1.3 1Z`;
  const soft = 'filter="url(#soft)"';
  const folds = [-1, 1]
    .flatMap((s) => [
      `M${s * 0.62} ${brow}C${s * 0.84} ${cheek} ${s * 0.82} ${-up * 0.3} ${s * 0.6} .3`,
      `M${s * 0.3} ${top - 0.06}C${s * 0.66} ${top * 0.94} ${s * 0.8} ${brow} ${s * 0.8} ${cheek}`,
      `M${s * 0.76} ${-up * 0.4}C${s * 0.78} .1 ${s * 0.86} .3 ${s * 1.02} .56`,
    ])
    .map((d) => line(d, cloth.deep, 0.06, 0.42, soft));
  const front = [
    sideGradient('hood', cloth, side),
    '<filter id="shade" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="0.06"/></filter>',
    line(`M-.48 .5${arch}`, cloth.deep, 0.26, 0.5, 'filter="url(#shade)"'),
    path(`${outer}${opening}`, 'url(#hood)', 'fill-rule="evenodd"'),
    isMail ? rings(outer + opening, cloth.lit) : '',
    ...folds,
    line(`M-.48 .5${arch}`, cloth.base, 0.07),
    line(`M-.48 .5${arch}`, cloth.deep, 0.02, 0.8),
    line(
      `M${side * 0.68} ${-up * 0.4}C${side * 0.74} ${cheek} ${side * 0.7} ${brow} ${side * 0.36} ${top}`,
      cloth.lit,
      0.035,
      0.8,
      soft,
    ),
    line(
      `M${side * 0.86} ${-up * 0.4}C${side * 0.88} ${peak * 0.7} ${side * 0.64} ${peak * 0.95} ${side * 0.2} ${peak + 0.03}`,
      cloth.lit,
      0.05,
      0.6,
      soft,
    ),
  ].join('');
  return { behind: path(opening, cloth.deep, `stroke="${cloth.deep}" stroke-width=".2"`), front };
}

function rings(d: string, colour: string): string {
  return `<pattern id="mail" width=".06" height=".05" patternUnits="userSpaceOnUse"><circle cx=".03" cy=".025" r=".02" fill="none" stroke="${colour}" stroke-width=".009"/></pattern>${path(d, 'url(#mail)', 'fill-rule="evenodd"')}`;
}
