import type { Setting } from '#core/domain/scene-words.ts';
import { addLight, type Canvas } from './canvas.ts';
import type { Rgb } from './colour.ts';
import type { Look } from './look.ts';
import type { NoiseTile } from './noise.ts';
import type { Ridge } from './paint-terrain.ts';

/** All that a backdrop is painted from. */
export interface Site {
  readonly setting: Setting;
  readonly width: number;
  readonly height: number;
  readonly look: Look;
  readonly noise: NoiseTile;
  readonly random: () => number;
}

export type PaintSite = (canvas: Canvas, site: Site) => Promise<void>;

/** A ridge with the usual shape, at `crest` (share of the height) and `distance`, changed by `more`. */
export function ridgeAt(site: Site, crest: number, distance: number, more: Partial<Ridge> = {}): Ridge {
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

/** A soft round light, as of a lantern or a lit window seen through air. All lengths in pixels. */
export function glow(
  canvas: Canvas,
  at: { readonly x: number; readonly y: number; readonly radius: number },
  colour: Rgb,
  strength: number,
): void {
  const { width, height } = canvas;
  const reach = at.radius * 2.2;
  const y1 = Math.min(height, Math.ceil(at.y + reach));
  const x1 = Math.min(width, Math.ceil(at.x + reach));
  for (let y = Math.max(0, Math.floor(at.y - reach)); y < y1; y++)
    for (let x = Math.max(0, Math.floor(at.x - reach)); x < x1; x++) {
      const distance = ((x - at.x) ** 2 + (y - at.y) ** 2) / (at.radius * at.radius);
      addLight(canvas, y * width + x, colour, Math.exp(-distance) * strength);
    }
}
