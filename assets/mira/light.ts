import { at, clamp, unit, type Vec3 } from './numbers.ts';

/** A soft light: a disc in the sky around a direction, made of many small lights. */
export interface Lamp {
  /** From the sitter to the light. */
  readonly towards: Vec3;
  /** Half the angle that the disc fills, degrees; 90 and more is a whole sky. */
  readonly spread: number;
  readonly rays: number;
  /** Linear light of the whole lamp. */
  readonly colour: Vec3;
  /** Whether it leaves highlights. */
  readonly shines: boolean;
}

interface Ray {
  readonly towards: Vec3;
  readonly right: Vec3;
  readonly up: Vec3;
  /** Distance along the ray of the surface nearest to the light, per cell. */
  readonly nearest: Float32Array;
}

/** A lamp with the shadows of everything that stands in its way. */
export interface LitLamp {
  readonly lamp: Lamp;
  readonly rays: readonly Ray[];
}

/** Light that comes from everywhere after many bounces. */
export const BOUNCED = 0.06;

const CELLS = 640;
const CELL_CM = 0.1;

function discRays({ towards, spread, rays }: Lamp): Vec3[] {
  const axis = unit(towards);
  const side = unit(Math.abs(axis[1]) < 0.9 ? cross([0, 1, 0], axis) : cross([1, 0, 0], axis));
  const top = cross(axis, side);
  return Array.from({ length: rays }, (_, i) => {
    const radius = Math.sqrt((i + 0.5) / rays) * spread * (Math.PI / 180);
    const angle = i * 2.399963;
    const [s, c] = [Math.sin(radius), Math.cos(radius)];
    const along = (k: 0 | 1 | 2) => axis[k] * c + (side[k] * Math.cos(angle) + top[k] * Math.sin(angle)) * s;
    return [along(0), along(1), along(2)];
  });
}

const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

const dot = (a: Vec3, x: number, y: number, z: number): number => a[0] * x + a[1] * y + a[2] * z;

/** Casts the shadows of all points (x, y, z triples) for a lamp. */
export function castShadows(lamp: Lamp, clouds: readonly Float32Array[]): LitLamp {
  const rays = discRays(lamp).map((towards) => {
    const right = unit(Math.abs(towards[1]) < 0.95 ? cross([0, 1, 0], towards) : cross([0, 0, 1], towards));
    const ray: Ray = {
      towards,
      right,
      up: cross(towards, right),
      nearest: new Float32Array(CELLS * CELLS).fill(-Infinity),
    };
    for (const points of clouds) splat(points, ray);
    return ray;
  });
  return { lamp, rays };
}

function splat(points: Float32Array, { towards, right, up, nearest }: Ray): void {
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = [at(points, i), at(points, i + 1) + 5, at(points, i + 2)];
    const cx = Math.floor(dot(right, x, y, z) / CELL_CM + CELLS / 2);
    const cy = Math.floor(dot(up, x, y, z) / CELL_CM + CELLS / 2);
    if (cx < 0 || cy < 0 || cx >= CELLS || cy >= CELLS) continue;
    const distance = dot(towards, x, y, z);
    if (distance > at(nearest, cy * CELLS + cx)) nearest[cy * CELLS + cx] = distance;
  }
}

/**
 * Share of a ray that reaches a point, 0-1, from the four cells around it.
 *
 * depth: how many cm of hair swallow the light; small values make hard shadows.
 */
export function reaches(
  { towards, right, up, nearest }: Ray,
  x: number,
  y: number,
  z: number,
  bias: number,
  depth: number,
): number {
  const fx = dot(right, x, y + 5, z) / CELL_CM + CELLS / 2 - 0.5;
  const fy = dot(up, x, y + 5, z) / CELL_CM + CELLS / 2 - 0.5;
  const ix = Math.floor(fx);
  const iy = Math.floor(fy);
  if (ix < 0 || iy < 0 || ix + 1 >= CELLS || iy + 1 >= CELLS) return 1;
  const distance = dot(towards, x, y + 5, z) + bias;
  const cell = (cx: number, cy: number) => clamp(1 - (at(nearest, cy * CELLS + cx) - distance) / depth);
  const [u, v] = [fx - ix, fy - iy];
  return (
    (cell(ix, iy) * (1 - u) + cell(ix + 1, iy) * u) * (1 - v) +
    (cell(ix, iy + 1) * (1 - u) + cell(ix + 1, iy + 1) * u) * v
  );
}
