import { project } from './camera.ts';
import type { Canvas } from './canvas.ts';
import { type Strand, sheenBreak } from './hair.ts';
import { BOUNCED, type LitLamp, reaches } from './light.ts';
import { at, clamp, type Vec3 } from './numbers.ts';

/** Draws strands over the picture (three linear floats a pixel), in the order given, hidden by nearer surfaces. */
export function drawStrands(
  strands: readonly Strand[],
  lamps: readonly LitLamp[],
  canvas: Canvas,
  picture: Float32Array,
  coverage: Float32Array,
): void {
  for (const strand of strands) {
    const steps = strand.points.length / 3;
    const screen = new Float32Array(steps * 7);
    let light: Vec3 = [0, 0, 0];
    for (let i = 0; i < steps; i++) {
      const p = pointOf(strand.points, i);
      const { x, y, k } = project(p, canvas.camera);
      const s = i / (steps - 1);
      const taper = Math.min(1, 0.55 + 4 * s) * Math.min(1, (1 - s) * 3.5 + 0.12);
      if (i % 3 === 0) light = strandLight(strand, i, steps, lamps);
      screen.set([x, y, p[2], strand.width * k * taper, ...light], i * 7);
    }
    for (let i = 0; i + 1 < steps; i++) drawSegment(screen, i, strand.opacity, canvas, picture, coverage);
  }
}

const pointOf = (points: Float32Array, i: number): Vec3 => [
  at(points, i * 3),
  at(points, i * 3 + 1),
  at(points, i * 3 + 2),
];

/** Light of a hair by Kajiya and Kay: a cone of reflections around the strand, one white and one tinted. */
function strandLight(
  { points, colour, layer }: Strand,
  i: number,
  steps: number,
  lamps: readonly LitLamp[],
): Vec3 {
  const before = pointOf(points, Math.max(0, i - 1));
  const after = pointOf(points, Math.min(steps - 1, i + 1));
  const [x, y, z] = pointOf(points, i);
  const [dx, dy, dz] = [after[0] - before[0], after[1] - before[1], after[2] - before[2]];
  const length = Math.hypot(dx, dy, dz) || 1;
  const [tx, ty, tz] = [dx / length, dy / length, dz / length];
  const out: [number, number, number] = [colour[0] * BOUNCED, colour[1] * BOUNCED, colour[2] * BOUNCED];
  const broken = sheenBreak(x + z, y) * layer;
  for (const { lamp, rays } of lamps) {
    for (const ray of rays) {
      const { towards } = ray;
      const light = reaches(ray, x, y, z, 0.1, 2.2) ** 2;
      if (light <= 0.01) continue;
      const cos = tx * towards[0] + ty * towards[1] + tz * towards[2];
      const sin = Math.sqrt(Math.max(0, 1 - cos * cos));
      const view = Math.sqrt(Math.max(0, 1 - tz * tz));
      const mirror = Math.max(0, sin * view - cos * tz);
      const white = lamp.shines ? 0.11 * Math.max(0, mirror * 0.995 + 0.02 * cos) ** 60 * broken : 0;
      const tinted = lamp.shines ? 1.3 * Math.max(0, mirror) ** 14 * broken : 0;
      const diffuse = 0.75 * sin ** 1.5;
      for (let c = 0; c < 3; c++) {
        const tint = colour[c] ?? 0;
        out[c] =
          (out[c] ?? 0) + (light * (lamp.colour[c] ?? 0) * (tint * (diffuse + tinted) + white)) / rays.length;
      }
    }
  }
  const depth = 0.45 + 0.55 * layer;
  return [out[0] * depth, out[1] * depth, out[2] * depth];
}

function drawSegment(
  screen: Float32Array,
  i: number,
  opacity: number,
  canvas: Canvas,
  picture: Float32Array,
  coverage: Float32Array,
): void {
  const [a, b] = [i * 7, i * 7 + 7];
  const [ax, ay] = [at(screen, a), at(screen, a + 1)];
  const [bx, by] = [at(screen, b), at(screen, b + 1)];
  const steep = Math.abs(by - ay) > Math.abs(bx - ax);
  const [from, to] = steep ? [ay, by] : [ax, bx];
  const span = to - from;
  if (Math.abs(span) < 1e-6) return;
  const slant = steep ? (bx - ax) / span : (by - ay) / span;
  const thin = 1 / Math.sqrt(1 + slant * slant);
  const first = Math.ceil(Math.min(from, to) - 0.5);
  const last = Math.ceil(Math.max(from, to) - 0.5) - 1;
  for (let major = first; major <= last; major++) {
    const t = clamp((major + 0.5 - from) / span);
    const middle = (steep ? ax : ay) + slant * (major + 0.5 - from);
    const half = (at(screen, a + 3) * (1 - t) + at(screen, b + 3) * t) / 2;
    const reach = half / thin + 0.5;
    for (let minor = Math.floor(middle - reach); minor <= middle + reach; minor++) {
      const far = Math.abs(minor + 0.5 - middle) * thin;
      const alpha = opacity * clamp(half + 0.5 - far) * Math.min(1, half * 2);
      if (alpha > 0.003)
        blend(screen, a, t, steep ? minor : major, steep ? major : minor, alpha, canvas, picture, coverage);
    }
  }
}

function blend(
  screen: Float32Array,
  a: number,
  t: number,
  x: number,
  y: number,
  alpha: number,
  { camera, depth }: Canvas,
  picture: Float32Array,
  coverage: Float32Array,
): void {
  if (x < 0 || y < 0 || x >= camera.width || y >= camera.height) return;
  const pixel = y * camera.width + x;
  const along = (k: number) => at(screen, a + k) * (1 - t) + at(screen, a + 7 + k) * t;
  const z = along(2);
  if (z < at(depth, pixel) - 0.25) return;
  for (let c = 0; c < 3; c++) {
    const old = at(picture, pixel * 3 + c);
    picture[pixel * 3 + c] = old + (along(4 + c) - old) * alpha;
  }
  coverage[pixel] = at(coverage, pixel) + (1 - at(coverage, pixel)) * alpha;
  if (alpha > 0.5 && z > at(depth, pixel)) depth[pixel] = z;
}
