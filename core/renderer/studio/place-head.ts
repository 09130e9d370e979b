import { blurPlane, type Canvas } from './canvas.ts';
import type { Rgb } from './colour.ts';
import type { CutOut } from './cut-out.ts';
import { inFace } from './face-frame.ts';
import type { Look } from './look.ts';
import { clamp, mix, smoothstep } from './noise.ts';
import { skinOf } from './skin.ts';
import { skinLikeness } from './skin-likeness.ts';

/** Where the head goes: the middle between the eyes, in canvas pixels, and how far it leans (radians, clockwise). */
export interface Placement {
  readonly eyesX: number;
  readonly eyesY: number;
  readonly tilt: number;
}

/** The head on its canvas: one value a pixel of the whole canvas. */
export interface PlacedHead {
  readonly rgb: Float32Array;
  readonly alpha: Float32Array;
}

/**
 * Samples the cut-out onto a canvas-sized layer, turned about the eyes; the face keeps its proportions. With `locks`
 * (one value a pixel of the cut-out) only those are placed.
 */
export function placeHead(
  { width, height }: Canvas,
  cut: CutOut,
  at: Placement,
  locks?: Float32Array,
): PlacedHead {
  const rgb = new Float32Array(width * height * 3);
  const alpha = new Float32Array(width * height);
  const skin = skinOf(cut);
  const cos = Math.cos(-at.tilt);
  const sin = Math.sin(-at.tilt);
  const reach = Math.hypot(cut.width, cut.height);
  const x1 = Math.min(width, Math.ceil(at.eyesX + reach));
  const y1 = Math.min(height, Math.ceil(at.eyesY + reach));
  for (let y = Math.max(0, Math.floor(at.eyesY - reach)); y < y1; y++)
    for (let x = Math.max(0, Math.floor(at.eyesX - reach)); x < x1; x++) {
      const dx = x - at.eyesX;
      const dy = y - at.eyesY;
      const sx = cut.frame.eyes[0] + dx * cos - dy * sin;
      const sy = cut.frame.eyes[1] + dx * sin + dy * cos;
      if (sx < 0 || sy < 0 || sx >= cut.width - 1 || sy >= cut.height - 1) continue;
      const o = y * width + x;
      alpha[o] = locks
        ? samplePlane(locks, cut.width, sx, sy, 1, 0)
        : samplePlane(cut.alpha, cut.width, sx, sy, 1, 0) * belowNeck(cut, sx, sy, skin);
      if ((alpha[o] ?? 0) < 0.004) continue;
      for (let c = 0; c < 3; c++) rgb[o * 3 + c] = samplePlane(cut.rgb, cut.width, sx, sy, 3, c);
    }
  return { rgb, alpha };
}

/** Fades what clothes will cover: all under the neck's foot, the shoulders beside it, and the photo's own collar. */
function belowNeck(cut: CutOut, x: number, y: number, skin: Rgb): number {
  const { u, v } = inFace(cut.frame, x, y);
  const down = ((v - 1) * cut.frame.eyesToChin) / cut.frame.width;
  const out = Math.abs(u);
  if (down < 0) return 1;
  const foot = smoothstep(0.62, 0.4, down);
  const beside = mix(1, smoothstep(0.62, 0.46, out), smoothstep(0.1, 0.32, down));
  const kept = Math.max(
    skinLikeness(cut, Math.floor(y) * cut.width + Math.floor(x), skin),
    smoothstep(0.4, 0.5, out) * darkness(cut, x, y),
  );
  return foot * beside * mix(1, kept, smoothstep(0.04, 0.16, down));
}

/** Beside the neck hair stays and a light collar goes, in [0, 1]. */
function darkness({ rgb, width }: CutOut, x: number, y: number): number {
  const i = (Math.floor(y) * width + Math.floor(x)) * 3;
  return smoothstep(1.7, 1.2, (rgb[i] ?? 0) + (rgb[i + 1] ?? 0) + (rgb[i + 2] ?? 0));
}

function samplePlane(
  plane: Float32Array,
  width: number,
  x: number,
  y: number,
  stride: number,
  c: number,
): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const i = (y0 * width + x0) * stride + c;
  const below = i + width * stride;
  const top = (plane[i] ?? 0) * (1 - fx) + (plane[i + stride] ?? 0) * fx;
  const bottom = (plane[below] ?? 0) * (1 - fx) + (plane[below + stride] ?? 0) * fx;
  return top * (1 - fy) + bottom * fy;
}

/**
 * Paints the head over the canvas in the light of the scene: the ambient colour on its unlit side, a warm or cool rim
 * towards the light, and a little of the background's glow round the edge.
 */
export function paintHead(
  canvas: Canvas,
  head: PlacedHead,
  at: Placement,
  faceWidthPx: number,
  look: Look,
): void {
  const { width, height } = canvas;
  const side = look.light.x > 0.5 ? 1 : -1;
  const soft = blurPlane(head.alpha, width, height, Math.max(2, Math.round(faceWidthPx * 0.02)));
  const offset = Math.round(faceWidthPx * 0.045);
  const [lr, lg, lb] = look.light.colour;
  const dim = look.time === 'night' ? 0.86 : look.time === 'dusk' ? 0.93 : 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const alpha = head.alpha[p] ?? 0;
      if (alpha < 0.004) continue;
      const across = clamp(((x - at.eyesX) / faceWidthPx) * side, -0.8, 0.8);
      const beside =
        soft[clampIndex(y - offset * 0.5, height) * width + clampIndex(x + side * offset, width)] ?? 0;
      const rim = clamp(1 - beside) ** 1.4 * 0.75 * look.light.strength;
      const lit = clamp(0.5 + across * 0.62);
      const level = dim * (0.93 + across * 0.12);
      paintPixel(
        canvas,
        p,
        head.rgb,
        alpha,
        [
          mix(mix(1, look.ambient[0], 0.62), mix(1, lr, 0.4), lit) * level,
          mix(mix(1, look.ambient[1], 0.62), mix(1, lg, 0.4), lit) * level,
          mix(mix(1, look.ambient[2], 0.62), mix(1, lb, 0.4), lit) * level,
        ],
        [lr * rim, lg * rim, lb * rim],
      );
    }
}

function paintPixel(
  { rgb }: Canvas,
  pixel: number,
  skin: Float32Array,
  alpha: number,
  gain: readonly [number, number, number],
  glow: readonly [number, number, number],
): void {
  const i = pixel * 3;
  for (let c = 0; c < 3; c++) {
    const paint = clamp((skin[i + c] ?? 0) * (gain[c] ?? 1));
    const lit = 1 - (1 - paint) * (1 - (glow[c] ?? 0));
    rgb[i + c] = (rgb[i + c] ?? 0) * (1 - alpha) + lit * alpha;
  }
}

function clampIndex(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, Math.round(value)));
}
