import { blurPlane } from './canvas.ts';
import type { CutOut } from './cut-out.ts';
import { clamp, smoothstep } from './noise.ts';

/** Ways to lose a face on purpose, so that low scores and refining run for real. */
export const DRIFT_KINDS = ['blur', 'recolour', 'swap', 'hide'] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/**
 * Returns the head with its identity damaged: `blur` smears the face, `recolour` swaps its colour channels, `swap`
 * moves eyes, nose and mouth into another face's proportions, `hide` turns the head away.
 */
export function driftHead(cut: CutOut, kind: DriftKind): CutOut {
  return { ...cut, rgb: DRIFTS[kind](cut) };
}

const DRIFTS: Readonly<Record<DriftKind, (cut: CutOut) => Float32Array>> = {
  blur(cut) {
    const radius = Math.max(2, Math.round(cut.frame.width * 0.06));
    const planes = [0, 1, 2].map((c) => blurPlane(plane(cut, c), cut.width, cut.height, radius));
    return remix(cut, (i, c) => planes[c]?.[i] ?? 0);
  },
  recolour(cut) {
    return remix(cut, (i, c) => 0.92 - (cut.rgb[i * 3 + ((c + 2) % 3)] ?? 0) * 0.8);
  },
  swap(cut) {
    const { frame, width } = cut;
    return remix(cut, (i, c) => {
      const u = ((i % width) - frame.centre[0]) / frame.width;
      const v = (Math.floor(i / width) - frame.centre[1]) / frame.eyesToChin;
      const hold = smoothstep(0.62, 0.3, Math.hypot(u, v * 0.75));
      const eyes = Math.exp(-(((v + 0.29) / 0.2) ** 2));
      const mouth = Math.exp(-(((v - 0.3) / 0.2) ** 2));
      const fromU = u * (1 + hold * (0.42 * eyes - 0.34 * mouth));
      const fromV = v + hold * (0.13 * eyes - 0.12 * mouth);
      const x = Math.round(clamp(frame.centre[0] + fromU * frame.width, 0, width - 1));
      const y = Math.round(clamp(frame.centre[1] + fromV * frame.eyesToChin, 0, cut.height - 1));
      return cut.rgb[(y * width + x) * 3 + c] ?? 0;
    });
  },
  hide(cut) {
    const { frame, width } = cut;
    const hairX = Math.round(frame.eyes[0]);
    const hairY = Math.max(0, Math.round(frame.eyes[1] - frame.eyesToChin * 1.02));
    return remix(cut, (i, c) => {
      const strand =
        Math.sin(((i % width) - hairX) * 0.7 + Math.sin(Math.floor(i / width) * 0.05) * 3) * 0.03;
      return (cut.rgb[(hairY * width + hairX) * 3 + c] ?? 0) + strand;
    });
  },
};

function plane({ rgb, alpha }: CutOut, channel: number): Float32Array {
  return alpha.map((_, i) => rgb[i * 3 + channel] ?? 0);
}

/** Replaces the face, softly at its border, by what `paint` gives for a pixel and channel. */
function remix(cut: CutOut, paint: (index: number, channel: number) => number): Float32Array {
  const { rgb, width, height, frame } = cut;
  const out = rgb.slice();
  for (let i = 0; i < width * height; i++) {
    const u = ((i % width) - frame.centre[0]) / (frame.width * 0.56);
    const v = (Math.floor(i / width) - frame.centre[1] + frame.eyesToChin * 0.2) / (frame.eyesToChin * 1.02);
    const amount = smoothstep(1.1, 0.9, Math.hypot(u, v));
    if (amount === 0) continue;
    for (let c = 0; c < 3; c++)
      out[i * 3 + c] = (rgb[i * 3 + c] ?? 0) * (1 - amount) + clamp(paint(i, c)) * amount;
  }
  return out;
}
