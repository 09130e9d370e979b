import { drawAccessories } from './accessories.ts';
import { type Canvas, drawSvg } from './canvas.ts';
import { blend, hex, type Rgb, shade, tint } from './colour.ts';
import type { CutOut } from './cut-out.ts';
import { drawHood } from './draw-hood.ts';
import { findLocks } from './find-locks.ts';
import type { Drawing } from './garment.ts';
import { drawGarment } from './garment-shapes.ts';
import type { Look } from './look.ts';
import { clamp, smoothstep } from './noise.ts';
import { middleOf } from './oval-mask.ts';
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
  const up = cut.frame.eyesToChin / unit;
  const fit = (elements: string) =>
    `<defs><filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="0.035"/></filter></defs><g transform="translate(${chin.x} ${chin.y}) rotate(${degrees(at.tilt) * BODY_TILT}) scale(${unit})">${elements}</g>`;
  const garment = drawGarment(brief.garment, look, random);
  const props = drawProps(brief.props, look, at.eyesX < canvas.width / 2 ? 1 : -1);
  const hood = cut.hasOutline ? NOTHING : turn(drawHood(brief.garment, look, up), at.tilt);
  const headAt = cut.hasOutline ? at : inHood(at, cut);
  await drawSvg(canvas, fit(props.behind + garment.behind + hood.behind + neck(skinOf(cut), look)));
  paintHead(canvas, placeHead(canvas, cut, headAt), at, unit, cut.hasOutline ? look : withoutRim(look));
  const accessories = drawAccessories(brief, look, up);
  await drawSvg(canvas, fit(hood.front + garment.front + accessories + props.front));
  if (cut.hasOutline) paintLocks(canvas, cut, at, look);
  for (const lamp of props.lamps)
    glow(
      canvas,
      { x: chin.x + lamp.x * unit, y: chin.y + lamp.y * unit, radius: lamp.radius * unit },
      LAMP,
      0.6,
    );
  protectFace(mask, canvas, headAt, cut);
}

const LAMP: Rgb = [1, 0.76, 0.4];
const NOTHING: Drawing = { behind: '', front: '' };
/** How far shoulders follow the head when it leans. */
const BODY_TILT = 0.35;

/** Leans with the head what is drawn on the body. */
function turn({ behind, front }: Drawing, tilt: number): Drawing {
  const lean = (elements: string) =>
    `<g transform="rotate(${degrees(tilt) * (1 - BODY_TILT)})">${elements}</g>`;
  return { behind: lean(behind), front: lean(front) };
}

/** A hood is drawn upright about the middle of a face, so a leaning or turned one is set upright and moved there. */
function inHood(at: Placement, { frame }: CutOut): Placement {
  return { ...at, tilt: at.tilt - frame.roll, eyesX: at.eyesX - middleOf(frame) * frame.width };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

/** Hair over the clothes. Strands are all edge: a rim of light on each would bleach them. */
function paintLocks(canvas: Canvas, cut: CutOut, at: Placement, look: Look): void {
  paintHead(canvas, placeHead(canvas, cut, at, findLocks(cut)), at, cut.frame.width, withoutRim(look));
}

function withoutRim(look: Look): Look {
  return { ...look, light: { ...look.light, strength: 0.1 } };
}

/** A neck under the photo's own, for photos that end at the chin: round, and in the shadow of the jaw. */
function neck(skin: Rgb, look: Look): string {
  // As `paintHead()` lights the middle of the face.
  const base = blend(
    blend(skin, tint(skin, look.ambient), 0.62),
    blend(skin, tint(skin, look.light.colour), 0.4),
    0.5,
  );
  const side = look.light.x > 0.5 ? 1 : -1;
  const stop = (offset: number, level: number) =>
    `<stop offset="${offset}" stop-color="${hex(shade(base, level))}"/>`;
  const shape = 'M-.3 -.3L.3 -.3C.3 .1 .36 .2 .56 .3L.56 .9L-.56 .9L-.56 .3C-.36 .2 -.3 .1 -.3 -.3Z';
  return `<linearGradient id="neck" gradientUnits="userSpaceOnUse" x1="${side * 0.4}" y1="0" x2="${-side * 0.4}" y2="0">${stop(0, 0.8)}${stop(0.35, 0.86)}${stop(1, 0.5)}</linearGradient><linearGradient id="jaw" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2=".42"><stop offset="0" stop-color="${hex(shade(base, 0.3))}" stop-opacity=".75"/><stop offset="1" stop-color="${hex(shade(base, 0.3))}" stop-opacity="0"/></linearGradient><path d="${shape}" fill="url(#neck)"/><path d="${shape}" fill="url(#jaw)"/>`;
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
