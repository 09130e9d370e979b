import type { Vec3 } from './numbers.ts';

/** A view along -z onto the world. */
export interface Camera {
  readonly width: number;
  readonly height: number;
  /** World point in the middle of the picture (on the plane z = 0), cm. */
  readonly centre: readonly [number, number];
  /** Pixels per cm on the plane z = 0. */
  readonly scale: number;
}

/** Eye to the plane z = 0, cm: a portrait lens, which flatters. */
const DISTANCE = 120;

/** Pixel coordinates and magnification of a world point. */
export function project([x, y, z]: Vec3, camera: Camera): { x: number; y: number; k: number } {
  const k = (camera.scale * DISTANCE) / (DISTANCE - z);
  return {
    x: camera.width / 2 + (x - camera.centre[0]) * k,
    y: camera.height / 2 - (y - camera.centre[1]) * k,
    k,
  };
}

/** The world point seen at a pixel at the height z. */
export function unproject(px: number, py: number, z: number, camera: Camera): Vec3 {
  const k = (camera.scale * DISTANCE) / (DISTANCE - z);
  return [(px - camera.width / 2) / k + camera.centre[0], (camera.height / 2 - py) / k + camera.centre[1], z];
}
