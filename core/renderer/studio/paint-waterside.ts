import { drawSvg } from './canvas.ts';
import { blend, hex } from './colour.ts';
import { inLight } from './look.ts';
import { paintMist, paintRidge, paintWater } from './paint-terrain.ts';
import { paintPeaks, treesOn } from './paint-wilds.ts';
import { type PaintSite, ridgeAt, type Site } from './site.ts';

/** Places at the water's edge. */
export const WATERSIDE = {
  async ocean(canvas, site) {
    const { look, noise } = site;
    paintRidge(canvas, ridgeAt(site, 0.6, 0.85, { swing: 0.04, bumps: 2 }), look, noise);
    paintWater(canvas, 0.6, look, noise);
    await drawSvg(canvas, ship(site));
    const sand = inLight('#c9ab7c', look);
    const beach = ridgeAt(site, 0.93, 0, {
      paint: sand,
      swing: 0.03,
      bumps: 1.6,
      sharpness: 0,
      relief: 0.25,
    });
    paintRidge(canvas, beach, look, noise);
  },
  async lake(canvas, site) {
    const { look, noise } = site;
    paintPeaks(canvas, site, 0.42);
    paintMist(canvas, { level: 0.58, thickness: 0.05, amount: 0.6 }, look, noise);
    const shore = ridgeAt(site, 0.6, 0.5, { swing: 0.04, bumps: 3 });
    paintRidge(canvas, shore, look, noise);
    await drawSvg(canvas, treesOn(shore, site, { kind: 'pine', count: 44, height: 0.09, distance: 0.4 }));
    paintWater(canvas, 0.66, look, noise);
    const near = ridgeAt(site, 0.95, 0, { swing: 0.05, bumps: 2 });
    paintRidge(canvas, near, look, noise);
  },
} satisfies Record<string, PaintSite>;

/** A two-masted ship on the horizon. */
function ship({ width, height, look, random }: Site): string {
  const x = (look.light.x > 0.5 ? 0.1 + random() * 0.16 : 0.74 + random() * 0.16) * width;
  const s = height * 0.0011;
  const hull = hex(blend(look.ink, look.haze, 0.3));
  const sail = hex(blend(inLight('#efe6d2', look), look.haze, 0.25));
  return `<g transform="translate(${x.toFixed(1)} ${(height * 0.622).toFixed(1)}) scale(${s.toFixed(3)})"><path d="M-46 -14L52 -16C46 4 34 10 24 10L-26 10C-36 8 -42 0 -46 -14Z" fill="${hull}"/><path d="M-18 -14V-104M20 -14V-92M52 -16L78 -34" stroke="${hull}" stroke-width="3"/><path d="M-20 -100C-46 -84 -44 -58 -40 -44L-20 -46ZM-16 -100C8 -84 8 -60 4 -46L-16 -46ZM-20 -42C-50 -36 -50 -24 -46 -18L-18 -18ZM-15 -42C10 -36 10 -26 6 -18L-15 -18ZM22 -88C46 -74 46 -52 42 -42L22 -42ZM22 -38C48 -34 48 -24 46 -18L22 -18Z" fill="${sail}"/></g>`;
}
