import { unproject } from './camera.ts';
import type { Canvas } from './canvas.ts';
import { clothPaint } from './cloth-paint.ts';
import { facePaint, type Paint, skin } from './face-paint.ts';
import type { Mood } from './features.ts';
import { BOUNCED, type LitLamp, reaches } from './light.ts';
import { manePaint } from './mane.ts';
import { at } from './numbers.ts';

/** The lit picture in linear light, three floats a pixel, with the light that skin scatters kept apart. */
export interface Lit {
  readonly irradiance: Float32Array;
  readonly colour: Float32Array;
  /** Highlights and glow, added on top. */
  readonly shine: Float32Array;
  /** Share of scattered light per pixel, 0-1. */
  readonly softness: Float32Array;
}

/** How far light wraps around the edge of shadow on skin: red travels furthest (Jimenez et al. 2009). */
const WRAP = [0.15, 0.11, 0.09] as const;

function paintOf(canvas: Canvas, pixel: number, mood: Mood): Paint {
  const x = at(canvas.places, pixel * 2);
  const y = at(canvas.places, pixel * 2 + 1);
  const material = at(canvas.material, pixel);
  if (material === 1) return facePaint(x, y, mood);
  if (material === 2) return skin(x, y);
  return material === 3 ? clothPaint(x, y) : manePaint(x, y);
}

/** Lights every pixel of the canvas with all lamps and their shadows. */
export function shade(canvas: Canvas, lamps: readonly LitLamp[], mood: Mood): Lit {
  const pixels = canvas.depth.length;
  const lit: Lit = {
    irradiance: new Float32Array(pixels * 3),
    colour: new Float32Array(pixels * 3),
    shine: new Float32Array(pixels * 3),
    softness: new Float32Array(pixels),
  };
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (at(canvas.material, pixel) === 0) continue;
    const paint = paintOf(canvas, pixel, mood);
    lit.colour.set(paint.colour, pixel * 3);
    lit.softness[pixel] = paint.softness;
    lit.irradiance.fill(BOUNCED, pixel * 3, pixel * 3 + 3);
    for (let c = 0; c < 3; c++) lit.shine[pixel * 3 + c] = paint.glow;
    for (const lamp of lamps) addLamp(canvas, pixel, lamp, paint, lit);
  }
  return lit;
}

function addLamp(canvas: Canvas, pixel: number, { lamp, rays }: LitLamp, paint: Paint, lit: Lit): void {
  const { width } = canvas.camera;
  const z = at(canvas.depth, pixel);
  const [px, py] = unproject((pixel % width) + 0.5, Math.floor(pixel / width) + 0.5, z, canvas.camera);
  const nx = at(canvas.normals, pixel * 3);
  const ny = at(canvas.normals, pixel * 3 + 1);
  const nz = at(canvas.normals, pixel * 3 + 2);
  let seen = 0;
  for (const ray of rays) {
    const facing = ray.towards[0] * nx + ray.towards[1] * ny + ray.towards[2] * nz;
    if (facing < -0.3) continue;
    const light = reaches(ray, px + nx * 0.12, py + ny * 0.12, z + nz * 0.12, 0.22, 0.35);
    if (light <= 0) continue;
    seen += facing > 0 ? light : 0;
    for (let c = 0; c < 3; c++) {
      const wrap = (WRAP[c] ?? 0) * paint.softness;
      const diffuse = (facing + wrap) / ((1 + wrap) * (1 + wrap));
      if (diffuse > 0)
        lit.irradiance[pixel * 3 + c] =
          at(lit.irradiance, pixel * 3 + c) + (light * diffuse * (lamp.colour[c] ?? 0)) / rays.length;
    }
  }
  if (!lamp.shines || seen === 0) return;
  const strength = (paint.gloss * highlight(lamp.towards, nx, ny, nz, paint.roughness) * seen) / rays.length;
  for (let c = 0; c < 3; c++)
    lit.shine[pixel * 3 + c] = at(lit.shine, pixel * 3 + c) + strength * (lamp.colour[c] ?? 0);
}

/** Blinn-Phong with Schlick's Fresnel term for skin (0.028 at normal incidence); the viewer is along +z. */
function highlight(
  towards: readonly [number, number, number],
  nx: number,
  ny: number,
  nz: number,
  roughness: number,
): number {
  const length = Math.hypot(...towards);
  const [lx, ly, lz] = [towards[0] / length, towards[1] / length, towards[2] / length];
  const half = Math.hypot(lx, ly, lz + 1) || 1;
  const cos = Math.max(0, (nx * lx + ny * ly + nz * (lz + 1)) / half);
  const power = 2 / roughness ** 4 - 2;
  const fresnel = 0.028 + 0.972 * (1 - Math.max(0, (lz + 1) / half)) ** 5;
  const facing = Math.max(0, nx * lx + ny * ly + nz * lz);
  return ((power + 8) / 8) * cos ** power * fresnel * Math.sqrt(facing);
}
