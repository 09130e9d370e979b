import { blurPlane } from './canvas.ts';
import type { CutOut } from './cut-out.ts';
import { type FaceFrame, inFace } from './face-frame.ts';
import { hairColour, hairLikeness } from './hair-colour.ts';
import { keepConnected } from './keep-connected.ts';
import { clamp, mix, smoothstep } from './noise.ts';
import { skinOf } from './skin.ts';
import { skinLikeness } from './skin-likeness.ts';

/** Half the width in face widths; top and bottom in eye-to-chin lengths from the eyes; how much narrower the jaw is. */
interface Oval {
  readonly half: number;
  readonly top: number;
  readonly bottom: number;
  readonly taper: number;
}

/** Brow to chin and cheek to cheek: surely the person. */
const FACE: Oval = { half: 0.4, top: -0.74, bottom: 1.06, taper: 0.32 };
/** With ears and hair: what a hood leaves open. */
const HEAD: Oval = { half: 0.62, top: -1.15, bottom: 1.24, taper: 0.18 };

/** Measured on turned heads: how far the middle of what is seen of them moves against the nose. */
const SHIFT_PER_TURN = -2.4;

/** Where the middle of what is seen of a head lies from the middle between the eyes, in face widths, right positive. */
export function middleOf({ turn }: FaceFrame): number {
  return clamp(turn * SHIFT_PER_TURN, -0.16, 0.16);
}

/**
 * Keeps the face, and of an outline that cannot be trusted only what lies close about it in the colours of its hair and
 * skin. In [0, 1], one value a pixel.
 */
export function ovalMask(cut: Omit<CutOut, 'hasOutline'>): Float32Array {
  const { alpha, width, height, frame } = cut;
  const hair = hairColour(cut);
  const skin = skinOf(cut);
  const middle = middleOf(frame);
  const about = alpha.map((value, i) => {
    const { u, v } = inFace(frame, i % width, Math.floor(i / width));
    const reach = value * within(HEAD, u - middle, v);
    return reach < 0.01 ? 0 : reach * Math.max(hairLikeness(cut, i, hair), skinLikeness(cut, i, skin));
  });
  const soft = blurPlane(about, width, height, Math.max(1, Math.round(frame.width * 0.012)));
  const mask = soft.map((value, i) => {
    const { u, v } = inFace(frame, i % width, Math.floor(i / width));
    return mix(smoothstep(0.2, 0.8, value), 1, within(FACE, u - middle, v));
  });
  return keepConnected(mask, width, Math.round(frame.centre[1]) * width + Math.round(frame.centre[0]));
}

function within({ half, top, bottom, taper }: Oval, u: number, v: number): number {
  const jaw = 1 - taper * smoothstep(0.1, 1, v);
  return smoothstep(1.1, 0.9, Math.hypot(u / (half * jaw), (v - (top + bottom) / 2) / ((bottom - top) / 2)));
}
