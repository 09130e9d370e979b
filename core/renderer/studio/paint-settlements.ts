import { type Canvas, drawSvg } from './canvas.ts';
import { blend, hex, type Rgb, rgb, shade } from './colour.ts';
import { drawCastle, drawHouses, drawStalls, drawTowers, type Lamp } from './draw-buildings.ts';
import { inLight, isLamplit } from './look.ts';
import { paintMist, paintRidge, paintWater } from './paint-terrain.ts';
import { paintPeaks, treesOn } from './paint-wilds.ts';
import { glow, type PaintSite, ridgeAt, type Site } from './site.ts';

const LAMP: Rgb = [1, 0.74, 0.38];

/** Places where people build. */
export const SETTLEMENTS = {
  async castle(canvas, site) {
    const { look, noise } = site;
    paintPeaks(canvas, site, 0.48);
    paintMist(canvas, { level: 0.62, thickness: 0.07, amount: 0.7 }, look, noise);
    await build(canvas, site, drawCastle(site, inLight('#8d8478', look)));
    const hill = ridgeAt(site, 0.74, 0.2, {
      swing: 0.04,
      bumps: 2,
      paint: blend(look.ink, inLight('#5d7245', look), 0.6),
    });
    paintRidge(canvas, hill, look, noise);
    await drawSvg(canvas, treesOn(hill, site, { kind: 'pine', count: 26, height: 0.09, distance: 0.1 }));
  },
  async village(canvas, site) {
    const { look, noise } = site;
    paintRidge(canvas, ridgeAt(site, 0.52, 0.75, { swing: 0.1, sharpness: 0.5 }), look, noise);
    paintRidge(
      canvas,
      ridgeAt(site, 0.6, 0.45, { swing: 0.06, paint: inLight('#73935a', look) }),
      look,
      noise,
    );
    await build(canvas, site, drawHouses(site, { footY: 0.7, size: 0.11, count: 11, haze: 0.35 }));
    await build(canvas, site, drawHouses(site, { footY: 0.84, size: 0.2, count: 6, haze: 0.08 }));
    paintRidge(
      canvas,
      ridgeAt(site, 0.84, 0, { swing: 0.02, paint: inLight('#6f7d4e', look), relief: 0.4 }),
      look,
      noise,
    );
  },
  async market(canvas, site) {
    const { look, noise } = site;
    await build(canvas, site, drawHouses(site, { footY: 0.78, size: 0.36, count: 5, haze: 0.45 }));
    paintMist(canvas, { level: 0.66, thickness: 0.14, amount: 0.5 }, look, noise);
    await build(canvas, site, drawHouses(site, { footY: 0.86, size: 0.5, count: 3, haze: 0.15 }));
    paintRidge(
      canvas,
      ridgeAt(site, 0.8, 0, { swing: 0.005, paint: inLight('#9a8468', look), relief: 0.5, sharpness: 0 }),
      look,
      noise,
    );
    await build(canvas, site, drawStalls(site));
    await lanternString(canvas, site);
  },
  async city(canvas, site) {
    const { look, noise } = site;
    for (const [n, haze] of [0.75, 0.5, 0.2].entries()) {
      await build(
        canvas,
        site,
        drawTowers(site, { height: 0.34 + n * 0.12, count: 18 - n * 5, haze, footY: 0.86 }),
      );
      paintMist(canvas, { level: 0.76, thickness: 0.12, amount: 0.35 }, look, noise);
    }
    paintWater(canvas, 0.86, look, noise);
  },
} satisfies Record<string, PaintSite>;

/** Draws buildings and lets their lamps shine. */
async function build(
  canvas: Canvas,
  { look }: Site,
  { svg, lamps }: { svg: string; lamps: readonly Lamp[] },
): Promise<void> {
  await drawSvg(canvas, svg);
  if (!isLamplit(look)) return;
  for (const lamp of lamps) glow(canvas, lamp, lamp.colour ?? LAMP, 0.42);
}

/** Lanterns on two hanging cords. */
async function lanternString(canvas: Canvas, site: Site): Promise<void> {
  const { width, height, look, random } = site;
  const lit = isLamplit(look) || look.time === 'sunset';
  const lanterns = [0.1, 0.2].flatMap((top, cord) =>
    Array.from({ length: 9 }, (_, n) => {
      const t = (n + 0.5) / 9;
      const sag = 4 * t * (1 - t) * 0.075;
      return {
        x: t * width,
        y: (top + sag + (cord - 0.5) * t * 0.08) * height,
        radius: height * (0.011 + random() * 0.006),
      };
    }),
  );
  const cords = [0.1, 0.2].map((top, cord) => {
    const end = top + (cord - 0.5) * 0.08;
    return `<path d="M0 ${top * height}Q${width / 2} ${((top + end) / 2 + 0.15) * height} ${width} ${end * height}" fill="none" stroke="${hex(look.ink)}" stroke-width="2"/>`;
  });
  const paper = ['#f0a03c', '#d9563c', '#f2c75c', '#c9456b'].map((colour) =>
    lit ? rgb(colour) : inLight(colour, look),
  );
  const bodies = lanterns.map(({ x, y, radius }, n) => {
    const colour = paper[n % paper.length] ?? LAMP;
    return `<ellipse cx="${x.toFixed(1)}" cy="${(y + radius).toFixed(1)}" rx="${radius.toFixed(1)}" ry="${(radius * 1.2).toFixed(1)}" fill="${hex(colour)}"/><ellipse cx="${x.toFixed(1)}" cy="${(y + radius).toFixed(1)}" rx="${(radius * 0.5).toFixed(1)}" ry="${radius.toFixed(1)}" fill="${hex(shade(colour, 1.4))}"/>`;
  });
  await drawSvg(canvas, cords.join('') + bodies.join(''));
  if (lit)
    for (const lantern of lanterns)
      glow(canvas, { ...lantern, y: lantern.y + lantern.radius, radius: lantern.radius * 3.4 }, LAMP, 0.5);
}
