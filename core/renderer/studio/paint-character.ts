import { drawAccessories } from './accessories.ts';
import { type Canvas, drawSvg } from './canvas.ts';
import { blend, hex, type Rgb, shade, tint } from './colour.ts';
import type { CutOut } from './cut-out.ts';
import { findLocks } from './find-locks.ts';
import { drawGarment } from './garment-shapes.ts';
import type { Look } from './look.ts';
import { clamp, smoothstep } from './noise.ts';
import type { StrokeMask } from './paint-strokes.ts';
import { type Placement, paintHead, placeHead } from './place-head.ts';
import { drawProps } from './props.ts';
import type { Brief } from './read-brief.ts';
import { glow } from './site.ts';
import { skinOf } from './skin.ts';

/** Paints the character as a bust; marks in `mask` where brush strokes must leave the face alone. */
export async function paintCharacter(
  canvas: Canvas,
  cut: CutOut,
  at: Placement,
  { brief, look, random, mask }: { brief: Brief; look: Look; random: () => number; mask: StrokeMask },
): Promise<void> {
  const unit = cut.frame.width;
  const chin = {
    x: at.eyesX - Math.sin(at.tilt) * cut.frame.eyesToChin,
    y: at.eyesY + Math.cos(at.tilt) * cut.frame.eyesToChin,
  };
  const garment = drawGarment(brief.garment, look, random);
  const fit = (elements: string) =>
    `<defs><filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="0.035"/></filter></defs><g transform="translate(${chin.x} ${chin.y}) rotate(${((at.tilt * 180) / Math.PI) * 0.35}) scale(${unit})">${elements}</g>`;
  const head = placeHead(canvas, cut, at);
  const props = drawProps(brief.props, look, at.eyesX < canvas.width / 2 ? 1 : -1);
  await drawSvg(canvas, fit(props.behind + garment.behind + neck(skinOf(cut), look)));
  paintHead(canvas, head, at, unit, look);
  const up = cut.frame.eyesToChin / unit;
  await drawSvg(canvas, fit(garment.front + drawAccessories(brief, look, up) + props.front));
  // Strands are all edge: a rim of light on each would bleach them.
  const shaded = { ...look, light: { ...look.light, strength: 0.1 } };
  paintHead(canvas, placeHead(canvas, cut, at, findLocks(cut)), at, unit, shaded);
  for (const lamp of props.lamps)
    glow(
      canvas,
      { x: chin.x + lamp.x * unit, y: chin.y + lamp.y * unit, radius: lamp.radius * unit },
      LAMP,
      0.6,
    );
  protectFace(mask, canvas, at, cut);
}

const LAMP: Rgb = [1, 0.76, 0.4];

/** A neck under the photo's own, for photos that end at the chin. */
function neck(skin: Rgb, look: Look): string {
  const base = blend(skin, tint(skin, look.ambient), 0.62);
  return `<linearGradient id="neck" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${hex(shade(base, 0.62))}"/><stop offset="0.6" stop-color="${hex(shade(base, 0.88))}"/></linearGradient><path d="M-.3 -.3L.3 -.3C.3 .1 .36 .2 .56 .3L.56 .9L-.56 .9L-.56 .3C-.36 .2 -.3 .1 -.3 -.3Z" fill="url(#neck)"/>`;
}

function protectFace(mask: StrokeMask, { width, height }: Canvas, at: Placement, { frame }: CutOut): void {
  const centreY = at.eyesY + frame.eyesToChin * 0.1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const u = (x - at.eyesX) / (frame.width * 0.56);
      const v = (y - centreY) / (frame.eyesToChin * 1.08);
      const distance = Math.hypot(u, v);
      if (distance > 1.3) continue;
      const i = y * width + x;
      mask[i] = (mask[i] ?? 0) * clamp(smoothstep(0.86, 1.25, distance));
    }
}
