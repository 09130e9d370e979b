import type { Setting } from '#core/domain/scene-words.ts';
import { type Canvas, newCanvas } from './canvas.ts';
import { isIndoors } from './look.ts';
import { INTERIORS } from './paint-interiors.ts';
import { SETTLEMENTS } from './paint-settlements.ts';
import { paintSky } from './paint-sky.ts';
import { paintSpace } from './paint-space.ts';
import { WATERSIDE } from './paint-waterside.ts';
import { WILDS } from './paint-wilds.ts';
import type { PaintSite, Site } from './site.ts';

const PAINTERS: Readonly<Record<Setting, PaintSite>> = {
  ...WILDS,
  ...WATERSIDE,
  ...SETTLEMENTS,
  ...INTERIORS,
  space: paintSpace,
};

/** Where the sky meets the land, as a share of the height. */
const HORIZON = 0.62;

/** Paints the place of a scene, without the character. */
export async function paintBackdrop(site: Site): Promise<Canvas> {
  const roofed = isIndoors(site.setting) || site.setting === 'space';
  const canvas = roofed
    ? newCanvas(site.width, site.height)
    : paintSky(site, site.look, HORIZON, site.noise, site.random);
  await PAINTERS[site.setting](canvas, site);
  return canvas;
}
