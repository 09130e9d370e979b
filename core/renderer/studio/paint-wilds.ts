import { drawSvg } from './canvas.ts';
import { blend, type Rgb } from './colour.ts';
import { drawGrass, drawTrees, type TreeRow } from './draw-trees.ts';
import { inLight } from './look.ts';
import { crestAt, paintMist, paintRidge, paintWater, type Ridge } from './paint-terrain.ts';
import { glow, type PaintSite, ridgeAt, type Site } from './site.ts';

/** Places without people: mountains, cliffs, woods, fields, sand and ice. */
export const WILDS = {
  async mountain(canvas, site) {
    paintPeaks(canvas, site, 0.44);
    paintMist(canvas, { level: 0.62, thickness: 0.08, amount: 0.7 }, site.look, site.noise);
    const hill = ridgeAt(site, 0.7, 0.3, { swing: 0.09, bumps: 4 });
    paintRidge(canvas, hill, site.look, site.noise);
    await drawSvg(canvas, treesOn(hill, site, { kind: 'pine', count: 46, height: 0.075, distance: 0.22 }));
    const near = ridgeAt(site, 0.86, 0.05, { swing: 0.07, bumps: 3 });
    paintRidge(canvas, near, site.look, site.noise);
    await drawSvg(canvas, treesOn(near, site, { kind: 'pine', count: 24, height: 0.15, distance: 0 }));
  },
  async cliff(canvas, site) {
    const { look, noise } = site;
    paintRidge(canvas, ridgeAt(site, 0.6, 0.85, { swing: 0.05, bumps: 3 }), look, noise);
    paintWater(canvas, 0.62, look, noise);
    const side = look.light.x > 0.5 ? 1 : -1;
    const rock = blend(look.ink, inLight('#8a7562', look), 0.6);
    const fall = (at: number, depth: number) => ({
      drop: { at: side > 0 ? at : 1 - at, depth, side: side as 1 | -1 },
    });
    const cliffs = { sharpness: 0.75, relief: 1.5, swing: 0.05, paint: rock };
    paintRidge(canvas, ridgeAt(site, 0.4, 0.55, { ...cliffs, ...fall(0.2, 0.5) }), look, noise);
    paintMist(canvas, { level: 0.66, thickness: 0.06, amount: 0.6 }, look, noise);
    paintRidge(canvas, ridgeAt(site, 0.54, 0.25, { ...cliffs, ...fall(0.42, 0.5) }), look, noise);
    const edge = ridgeAt(site, 0.8, 0.04, { ...cliffs, swing: 0.03, ...fall(0.8, 0.4) });
    paintRidge(canvas, edge, look, noise);
    await drawSvg(
      canvas,
      treesOn(ridgeAt(site, 0.84, 0), site, { kind: 'bare', count: 1, height: 0.3, distance: 0 }),
    );
  },
  async forest(canvas, site) {
    const { look, noise } = site;
    const rows = [
      { crest: 0.56, height: 0.2, count: 40, distance: 0.85 },
      { crest: 0.64, height: 0.32, count: 26, distance: 0.6 },
      { crest: 0.74, height: 0.48, count: 16, distance: 0.32 },
    ];
    for (const row of rows) {
      const ground = ridgeAt(site, row.crest, row.distance, { swing: 0.04, bumps: 3, paint: woods(site) });
      await drawSvg(canvas, treesOn(ground, site, { kind: 'pine', ...row }));
      paintRidge(canvas, ground, look, noise);
      paintMist(canvas, { level: row.crest + 0.03, thickness: 0.07, amount: 0.55 }, look, noise);
    }
    glow(
      canvas,
      { x: look.light.x * site.width, y: site.height * 0.42, radius: site.height * 0.26 },
      look.light.colour,
      0.4 * look.light.strength,
    );
    const near = ridgeAt(site, 0.9, 0, { swing: 0.03, paint: woods(site) });
    await drawSvg(canvas, treesOn(near, site, { kind: 'pine', count: 7, height: 0.85, distance: 0 }));
    paintRidge(canvas, near, look, noise);
  },
  async meadow(canvas, site) {
    const { look, noise } = site;
    const green = inLight('#6f9a4c', look);
    paintRidge(canvas, ridgeAt(site, 0.54, 0.8, { swing: 0.07, sharpness: 0.5 }), look, noise);
    const hills: Rgb[] = [inLight('#7d9d62', look), inLight('#7fa355', look), green];
    for (const [n, paint] of hills.entries()) {
      const hill = ridgeAt(site, 0.6 + n * 0.09, 0.5 - n * 0.2, {
        paint,
        swing: 0.05,
        bumps: 2.4,
        sharpness: 0,
        relief: 0.35,
      });
      paintRidge(canvas, hill, look, noise);
      const trees = {
        kind: 'leaf',
        count: 9 - n * 3,
        height: 0.08 + n * 0.06,
        distance: 0.45 - n * 0.2,
      } as const;
      await drawSvg(canvas, treesOn(hill, site, trees));
    }
    await drawSvg(canvas, flowers(site) + grass(site, green, 900));
  },
  async desert(canvas, site) {
    const { look, noise } = site;
    const sand = inLight('#d9a866', look);
    paintRidge(
      canvas,
      ridgeAt(site, 0.55, 0.8, { swing: 0.1, sharpness: 0.6, paint: inLight('#a8663f', look) }),
      look,
      noise,
    );
    for (const n of [0, 1, 2, 3])
      paintRidge(
        canvas,
        ridgeAt(site, 0.6 + n * 0.085, 0.5 - n * 0.15, {
          paint: sand,
          swing: 0.07,
          bumps: 1.6,
          sharpness: 0.35,
          relief: 0.5,
        }),
        look,
        noise,
      );
    await drawSvg(
      canvas,
      treesOn(ridgeAt(site, 0.72, 0.1, { swing: 0.02 }), site, {
        kind: 'palm',
        count: 3,
        height: 0.26,
        distance: 0.1,
      }),
    );
  },
  async tundra(canvas, site) {
    const { look, noise } = site;
    const ice = inLight('#c6d6e6', look);
    paintPeaks(canvas, site, 0.46);
    for (const n of [0, 1, 2])
      paintRidge(
        canvas,
        ridgeAt(site, 0.64 + n * 0.1, 0.35 - n * 0.14, {
          paint: ice,
          swing: 0.04,
          bumps: 3,
          sharpness: 0.15,
          relief: 0.5,
        }),
        look,
        noise,
      );
    await drawSvg(
      canvas,
      treesOn(ridgeAt(site, 0.76, 0.2), site, { kind: 'pine', count: 12, height: 0.13, distance: 0.2 }),
    );
  },
} satisfies Record<string, PaintSite>;

/** Snowy peaks in two chains, the nearer one lower. */
export function paintPeaks(canvas: Parameters<PaintSite>[0], site: Site, crest: number): void {
  const rock = blend(site.look.ink, [0.35, 0.36, 0.42], 0.35);
  const peaks = { sharpness: 0.95, paint: rock, relief: 1 };
  paintRidge(
    canvas,
    ridgeAt(site, crest + 0.02, 0.8, { ...peaks, swing: 0.22, bumps: 3.4, snow: 0.07 }),
    site.look,
    site.noise,
  );
  paintRidge(
    canvas,
    ridgeAt(site, crest + 0.11, 0.5, { ...peaks, swing: 0.15, bumps: 4.4, snow: 0.035 }),
    site.look,
    site.noise,
  );
}

function woods(site: Site): Rgb {
  return blend(site.look.ink, inLight('#3d5a41', site.look), 0.45);
}

/** Trees along a ridge's crest; `height` is a share of the canvas height. */
export function treesOn(
  ridge: Ridge,
  site: Site,
  row: { kind: TreeRow['kind']; count: number; height: number; distance: number },
): string {
  const { width, height, look, noise, random } = site;
  const paint = blend(
    row.kind === 'pine' || row.kind === 'leaf' ? woods(site) : look.ink,
    look.haze,
    row.distance * look.hazeAmount,
  );
  const footY = (x: number) => (crestAt(ridge, noise, x / width) + 0.012) * height;
  return drawTrees(
    {
      kind: row.kind,
      from: -width * 0.04,
      to: width * 1.04,
      count: row.count,
      footY,
      height: row.height * height,
      paint,
    },
    random,
  );
}

export function grass(site: Site, paint: Rgb, count: number): string {
  const dark = blend(paint, site.look.ink, 0.55);
  return drawGrass(
    { width: site.width, footY: site.height + 4, height: site.height * 0.13, count, paint: dark },
    site.random,
  );
}

const PETALS = ['#e9d36b', '#e8e4f0', '#d9738a', '#9a7fd0'];

function flowers({ width, height, look, random }: Site): string {
  return Array.from({ length: 170 }, () => {
    const y = 0.8 + random() ** 0.7 * 0.2;
    const [r, g, b] = inLight(PETALS[Math.floor(random() * PETALS.length)] ?? '#ffffff', look).map((c) =>
      Math.round(c * 255),
    );
    return `<circle cx="${(random() * width).toFixed(1)}" cy="${(y * height).toFixed(1)}" r="${((y - 0.74) * 0.024 * height).toFixed(1)}" fill="rgb(${r},${g},${b})"/>`;
  }).join('');
}
