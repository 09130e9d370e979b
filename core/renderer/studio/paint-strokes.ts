import { blurPlane, type Canvas, newCanvas } from './canvas.ts';
import { luma } from './colour.ts';
import { clamp, type NoiseTile, sampleNoise } from './noise.ts';

/** How strongly brush strokes replace the picture at each pixel, in [0, 1]; 0 keeps it as it was. */
export type StrokeMask = Float32Array;

interface Pass {
  /** Half width of a stroke, px at a canvas of 1024. */
  readonly radius: number;
  /** A stroke is laid only where paint and picture differ by more than this (0-3, sum of channels). */
  readonly threshold: number;
}

const PASSES: readonly Pass[] = [
  { radius: 9, threshold: -1 },
  { radius: 4.6, threshold: 0.035 },
  { radius: 2.3, threshold: 0.06 },
];

/**
 * Repaints a canvas in brush strokes, broad ones first and finer ones where the picture has detail, each along the
 * edge it lies on.
 * Source: Hertzmann, "Painterly rendering with curved brush strokes of multiple sizes" (1998), with straight strokes.
 */
export function paintStrokes(canvas: Canvas, mask: StrokeMask, noise: NoiseTile, random: () => number): void {
  const { width, height } = canvas;
  const scale = Math.sqrt(width * height) / 1024;
  const flow = edgeFlow(canvas);
  const paint = newCanvas(width, height);
  paint.rgb.set(canvas.rgb);
  for (const { radius, threshold } of PASSES) {
    const half = Math.max(1.2, radius * scale);
    const step = half * 1.45;
    for (let gy = 0; gy < height; gy += step)
      for (let gx = 0; gx < width; gx += step) {
        const x = clamp(gx + (random() - 0.5) * step, 0, width - 1);
        const y = clamp(gy + (random() - 0.5) * step, 0, height - 1);
        const index = Math.floor(y) * width + Math.floor(x);
        const grain = random() - 0.5;
        if ((mask[index] ?? 0) < 0.02 || difference(canvas, paint, index) <= threshold) continue;
        const angle = flow(index, x, y, noise);
        layStroke(paint, canvas, { x, y, half, angle, index, grain });
      }
  }
  for (let i = 0, p = 0; p < mask.length; p++)
    for (let c = 0; c < 3; c++, i++)
      canvas.rgb[i] = (canvas.rgb[i] ?? 0) + ((paint.rgb[i] ?? 0) - (canvas.rgb[i] ?? 0)) * (mask[p] ?? 0);
}

function difference(a: Canvas, b: Canvas, index: number): number {
  const i = index * 3;
  return (
    Math.abs((a.rgb[i] ?? 0) - (b.rgb[i] ?? 0)) +
    Math.abs((a.rgb[i + 1] ?? 0) - (b.rgb[i + 1] ?? 0)) +
    Math.abs((a.rgb[i + 2] ?? 0) - (b.rgb[i + 2] ?? 0))
  );
}

/** Strokes run along edges; where there are none they follow a slow swirl. */
function edgeFlow({ width, height, rgb }: Canvas) {
  const grey = new Float32Array(width * height);
  for (let p = 0, i = 0; p < grey.length; p++, i += 3)
    grey[p] = luma(rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0);
  const soft = blurPlane(grey, width, height, 3);
  return (index: number, x: number, y: number, noise: NoiseTile): number => {
    const dx = (soft[index + 2] ?? 0) - (soft[index - 2] ?? 0);
    const dy = (soft[index + 2 * width] ?? 0) - (soft[index - 2 * width] ?? 0);
    if (Math.hypot(dx, dy) > 0.012) return Math.atan2(dy, dx) + Math.PI / 2;
    return (sampleNoise(noise, x / 900, y / 900) - 0.5) * 3.4;
  };
}

interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly half: number;
  readonly angle: number;
  readonly index: number;
  /** Lightness jitter, in [-0.5, 0.5]. */
  readonly grain: number;
}

function layStroke({ width, height, rgb }: Canvas, from: Canvas, stroke: Stroke): void {
  const { half, grain } = stroke;
  const length = half * 2.6;
  const cos = Math.cos(stroke.angle);
  const sin = Math.sin(stroke.angle);
  const i = stroke.index * 3;
  const lift = grain * 0.05;
  const r = (from.rgb[i] ?? 0) + lift;
  const g = (from.rgb[i + 1] ?? 0) + lift;
  const b = (from.rgb[i + 2] ?? 0) + lift;
  const reachX = Math.abs(cos) * length + Math.abs(sin) * half + 1;
  const reachY = Math.abs(sin) * length + Math.abs(cos) * half + 1;
  const y1 = Math.min(height - 1, Math.ceil(stroke.y + reachY));
  const x1 = Math.min(width - 1, Math.ceil(stroke.x + reachX));
  for (let y = Math.max(0, Math.floor(stroke.y - reachY)); y <= y1; y++)
    for (let x = Math.max(0, Math.floor(stroke.x - reachX)); x <= x1; x++) {
      const along = ((x - stroke.x) * cos + (y - stroke.y) * sin) / length;
      const across = ((y - stroke.y) * cos - (x - stroke.x) * sin) / half;
      const fall = 1 - across * across - along * along * along * along;
      if (fall <= 0) continue;
      const bristle = 0.82 + 0.18 * Math.sin(across * 9 + grain * 40);
      const alpha = Math.min(1, fall * 2.2) * 0.8 * bristle;
      const o = (y * width + x) * 3;
      rgb[o] = (rgb[o] ?? 0) * (1 - alpha) + r * alpha;
      rgb[o + 1] = (rgb[o + 1] ?? 0) * (1 - alpha) + g * alpha;
      rgb[o + 2] = (rgb[o + 2] ?? 0) * (1 - alpha) + b * alpha;
    }
}
