import { clothOf, line, path } from './garment.ts';
import type { Look } from './look.ts';
import type { Brief } from './read-brief.ts';

/**
 * Draws scarf, hat and injuries over the head, in face units from the chin; `up` is the way from the chin to the eyes.
 * Nothing lies over eyes, nose or mouth.
 */
export function drawAccessories(brief: Brief, look: Look, up: number): string {
  return (
    neckwear(brief, look) +
    headwear(brief, look, up) +
    brief.injuries.map((words) => injury(words, look, up)).join('')
  );
}

function neckwear({ neckwear: worn }: Brief, look: Look): string {
  if (!worn) return '';
  const cloth = clothOf(worn.colour, look);
  if (/necklace|pendant|amulet|medallion|choker/.test(worn.words))
    return `${line('M-.4 .26C-.3 .6 -.14 .78 0 .82C.14 .78 .3 .6 .4 .26', cloth.lit, 0.025)}<circle cx="0" cy=".88" r=".07" fill="${cloth.base}"/><circle cx="-.02" cy=".86" r=".025" fill="#fff" fill-opacity=".8"/>`;
  if (/tie/.test(worn.words))
    return path(
      'M-.08 .5L.08 .5L.12 .66L.06 .72L.16 1.6L0 1.8L-.16 1.6L-.06 .72L-.12 .66Z',
      cloth.base,
      `stroke="${cloth.deep}" stroke-width=".02"`,
    );
  const wrap =
    'M-.62 .1C-.7 .34 -.56 .56 -.3 .64C0 .72 .32 .68 .54 .52C.7 .4 .7 .2 .6 .08C.46 .3 .24 .36 0 .36C-.24 .36 -.46 .3 -.62 .1Z';
  const end = 'M.16 .56C.3 .8 .28 1.3 .36 1.8L.72 1.76C.68 1.3 .62 .84 .5 .5Z';
  return `${path(end, cloth.dark)}${line('M.4 .8C.46 1.2 .48 1.5 .52 1.76', cloth.deep, 0.03, 0.6)}${path(wrap, cloth.base)}${line('M-.56 .3C-.3 .56 .3 .56 .6 .28M-.44 .5C-.2 .62 .2 .64 .46 .5', cloth.deep, 0.035, 0.6)}${line('M-.58 .2C-.3 .44 .3 .46 .58 .18', cloth.lit, 0.03, 0.6)}`;
}

function headwear({ headwear: worn }: Brief, look: Look, up: number): string {
  if (!worn) return '';
  const cloth = clothOf(worn.colour, look);
  const at = (elements: string) => `<g transform="translate(0 ${(-up * 1.62).toFixed(3)})">${elements}</g>`;
  if (/flower crown/.test(worn.words)) {
    const petals = ['#e8a0b4', '#f2e2a0', '#d9e4f2', '#c98ac0'];
    return at(
      Array.from({ length: 11 }, (_, n) => {
        const x = (n - 5) * 0.1;
        return `<circle cx="${x.toFixed(2)}" cy="${(x * x * 0.5 - 0.02).toFixed(3)}" r=".075" fill="${petals[n % 4]}"/><circle cx="${x.toFixed(2)}" cy="${(x * x * 0.5 - 0.02).toFixed(3)}" r=".025" fill="#c98a2a"/>`;
      }).join(''),
    );
  }
  if (/crown|tiara|circlet/.test(worn.words))
    return at(
      `${path('M-.5 .08L-.58 -.34L-.32 -.12L-.16 -.44L0 -.14L.16 -.44L.32 -.12L.58 -.34L.5 .08C.2 -.02 -.2 -.02 -.5 .08Z', cloth.base, `stroke="${cloth.deep}" stroke-width=".02"`)}${line('M-.48 .02C-.2 -.08 .2 -.08 .48 .02', cloth.lit, 0.04)}<circle cx="0" cy="-.07" r=".045" fill="#b3262b"/>`,
    );
  if (/beanie|cap|bonnet|beret|headband|headscarf|bandana/.test(worn.words))
    return at(
      `${path('M-.62 .16C-.66 -.4 -.34 -.62 0 -.62C.34 -.62 .66 -.4 .62 .16C.3 -.06 -.3 -.06 -.62 .16Z', cloth.base)}${path('M-.64 .18C-.3 -.08 .3 -.08 .64 .18L.62 0C.3 -.24 -.3 -.24 -.62 0Z', cloth.dark)}${line('M-.4 -.3C-.2 -.5 .2 -.5 .4 -.3', cloth.lit, 0.05, 0.5, 'filter="url(#soft)"')}`,
    );
  if (/hood/.test(worn.words))
    return `<g transform="translate(0 ${(-up).toFixed(3)})">${path('M-.86 1.3C-1.1 .3 -.96 -1.3 0 -1.34C.96 -1.3 1.1 .3 .86 1.3C.8 .8 .76 .4 .7 0C.62 -.66 .4 -.92 0 -.92C-.4 -.92 -.62 -.66 -.7 0C-.76 .4 -.8 .8 -.86 1.3Z', cloth.base)}${line('M-.8 1.1C-.8 .4 -.7 -.88 0 -.94C.7 -.88 .8 .4 .8 1.1', cloth.deep, 0.06, 0.7, 'filter="url(#soft)"')}${line('M-.9 .6C-1 -.2 -.8 -1.1 -.1 -1.26', cloth.lit, 0.05, 0.5, 'filter="url(#soft)"')}</g>`;
  return at(
    `${path('M-.5 .04C-.52 -.5 -.42 -.74 -.2 -.76C0 -.66 .1 -.7 .2 -.76C.42 -.74 .52 -.5 .5 .04Z', cloth.base)}${path('M-.52 .02L-.5 -.16C-.2 -.08 .2 -.08 .5 -.16L.52 .02Z', cloth.deep)}${path('M-1.02 .14C-.6 -.1 .6 -.1 1.02 .14C.6 .1 -.6 .1 -1.02 .14Z', cloth.dark, `stroke="${cloth.dark}" stroke-width=".08" stroke-linejoin="round"`)}${line('M-.96 .08C-.5 -.08 .5 -.08 .96 .08', cloth.lit, 0.025, 0.7)}`,
  );
}

const LINEN: readonly [number, number, number] = [0.9, 0.87, 0.8];

/** A bandage on arm or brow, a plaster or a scratch on the cheek: seen, and never gory. */
function injury(words: string, look: Look, up: number): string {
  const linen = clothOf(LINEN, look);
  const side = /left/.test(words) ? 1 : -1;
  const band = (d: string) =>
    `${line(d, linen.dark, 0.25)}${line(d, linen.base, 0.22)}${line(d, linen.dark, 0.02, 0.7, 'transform="translate(0 -.07)"')}${line(d, linen.dark, 0.02, 0.7, 'transform="translate(0 .06)"')}`;
  if (/head|forehead|brow|temple/.test(words))
    return `<g transform="translate(0 ${(-up * 1.5).toFixed(3)}) scale(1 .55)">${band('M-.52 .06C-.2 -.06 .2 -.06 .52 .06')}</g>`;
  if (/cheek|face|jaw|chin|eye|nose|lip|ear/.test(words)) {
    const x = side * 0.27;
    const y = -up * 0.62;
    if (/bandage|plaster|stitch/.test(words))
      return `<g transform="translate(${x} ${y}) rotate(${side * -18})"><rect x="-.09" y="-.04" width=".18" height=".08" rx=".04" fill="#d9b48c"/><rect x="-.03" y="-.04" width=".06" height=".08" fill="#ecd3b2"/></g>`;
    return line(
      `M${x - 0.06} ${y - 0.05}L${x + 0.05} ${y + 0.07}M${x - 0.005} ${y - 0.05}L${x + 0.07} ${y + 0.03}`,
      '#8a2a26',
      0.016,
      0.85,
    );
  }
  return band(`M${side * 1.08} 1.3C${side * 1.26} 1.38 ${side * 1.42} 1.36 ${side * 1.56} 1.28`);
}
