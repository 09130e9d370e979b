import type { Setting } from '#core/domain/scene-words.ts';
import type { Canvas } from './canvas.ts';
import { blend } from './colour.ts';
import type { Look } from './look.ts';
import type { NoiseTile } from './noise.ts';
import { paintSky } from './paint-sky.ts';
import { paintMist, paintRidge, type Ridge } from './paint-terrain.ts';

/** All that a backdrop is painted from. */
export interface Site {
  readonly setting: Setting;
  readonly width: number;
  readonly height: number;
  readonly look: Look;
  readonly noise: NoiseTile;
  readonly random: () => number;
}

/** Paints the place of a scene, without the character. */
export async function paintBackdrop(site: Site): Promise<Canvas> {
  const horizon = 0.62;
  const canvas = paintSky(site, site.look, horizon, site.noise, site.random);
  paintMountains(canvas, site);
  return canvas;
}

export function ridge(site: Site, crest: number, distance: number, more: Partial<Ridge> = {}): Ridge {
  return {
    crest,
    swing: 0.09,
    bumps: 4,
    sharpness: 0.3,
    paint: site.look.ink,
    distance,
    snow: 0,
    relief: 0.8,
    offset: site.random() * 5,
    ...more,
  };
}

function paintMountains(canvas: Canvas, site: Site): void {
  const { look, noise } = site;
  const rock = blend(look.ink, [0.35, 0.36, 0.42], 0.35);
  const peaks = { sharpness: 0.9, paint: rock, snow: 0.07 };
  paintRidge(canvas, ridge(site, 0.44, 0.8, { ...peaks, swing: 0.2, bumps: 3 }), look, noise);
  paintRidge(canvas, ridge(site, 0.52, 0.5, { ...peaks, swing: 0.16, bumps: 4 }), look, noise);
  paintMist(canvas, { level: 0.62, thickness: 0.08, amount: 0.7 }, look, noise);
  paintRidge(canvas, ridge(site, 0.68, 0.25, { swing: 0.1, bumps: 5 }), look, noise);
  paintRidge(canvas, ridge(site, 0.84, 0.05, { swing: 0.06, bumps: 3 }), look, noise);
}
