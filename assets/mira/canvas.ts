import { type Camera, project } from './camera.ts';
import type { Material, Mesh } from './mesh.ts';
import { at } from './numbers.ts';

const MATERIALS: readonly (Material | undefined)[] = [undefined, 'face', 'body', 'cloth', 'mane'];

/** What is seen at each pixel, before any light. */
export interface Canvas {
  readonly camera: Camera;
  /** World z of the nearest surface; -Infinity where there is none. */
  readonly depth: Float32Array;
  /** Index into MATERIALS. */
  readonly material: Uint8Array;
  readonly normals: Float32Array;
  readonly places: Float32Array;
}

export function blankCanvas(camera: Camera): Canvas {
  const pixels = camera.width * camera.height;
  return {
    camera,
    depth: new Float32Array(pixels).fill(-Infinity),
    material: new Uint8Array(pixels),
    normals: new Float32Array(pixels * 3),
    places: new Float32Array(pixels * 2),
  };
}

/** Draws a mesh into the canvas; nearer surfaces win. */
export function drawMesh(mesh: Mesh, canvas: Canvas): void {
  const { points, columns, rows } = mesh;
  const screen = new Float32Array(columns * rows * 2);
  for (let v = 0; v < columns * rows; v++) {
    const p = project([at(points, v * 3), at(points, v * 3 + 1), at(points, v * 3 + 2)], canvas.camera);
    screen[v * 2] = p.x;
    screen[v * 2 + 1] = p.y;
  }
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const v = j * columns + i;
      drawTriangle(mesh, screen, v, v + 1, v + columns, canvas);
      drawTriangle(mesh, screen, v + 1, v + columns + 1, v + columns, canvas);
    }
  }
}

function drawTriangle(
  mesh: Mesh,
  screen: Float32Array,
  a: number,
  b: number,
  c: number,
  canvas: Canvas,
): void {
  const { width, height } = canvas.camera;
  const [ax, ay] = [at(screen, a * 2), at(screen, a * 2 + 1)];
  const [bx, by] = [at(screen, b * 2), at(screen, b * 2 + 1)];
  const [cx, cy] = [at(screen, c * 2), at(screen, c * 2 + 1)];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area >= 0) return;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5, y + 0.5];
      const wb = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / area;
      const wc = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / area;
      if (wb >= -1e-4 && wc >= -1e-4 && wb + wc <= 1.0001) plot(mesh, a, b, c, wb, wc, y * width + x, canvas);
    }
  }
}

function plot(
  mesh: Mesh,
  a: number,
  b: number,
  c: number,
  wb: number,
  wc: number,
  pixel: number,
  canvas: Canvas,
): void {
  const wa = 1 - wb - wc;
  const blend = (values: Float32Array, size: number, axis: number) =>
    wa * at(values, a * size + axis) + wb * at(values, b * size + axis) + wc * at(values, c * size + axis);
  const z = blend(mesh.points, 3, 2);
  if (z <= at(canvas.depth, pixel)) return;
  canvas.depth[pixel] = z;
  canvas.material[pixel] = MATERIALS.indexOf(mesh.material);
  for (let axis = 0; axis < 3; axis++) canvas.normals[pixel * 3 + axis] = blend(mesh.normals, 3, axis);
  for (let axis = 0; axis < 2; axis++) canvas.places[pixel * 2 + axis] = blend(mesh.places, 2, axis);
}
