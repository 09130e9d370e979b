import { at, type Vec3 } from './numbers.ts';

export type Material = 'face' | 'body' | 'cloth' | 'mane';

/** A grid of points in space with the place on the model that each was made from. */
export interface Mesh {
  readonly material: Material;
  readonly columns: number;
  readonly rows: number;
  /** x, y, z per vertex, posed. */
  readonly points: Float32Array;
  readonly normals: Float32Array;
  /** x, y of the unposed model per vertex: the paint is chosen by it. */
  readonly places: Float32Array;
}

/**
 * Samples a surface over a grid.
 *
 * surface: (i, j) in [0, 1] to a model point; pose: model point to world point. Columns run to the viewer's right
 * and rows upwards, so that normals point outwards.
 */
export function gridMesh(
  material: Material,
  columns: number,
  rows: number,
  surface: (i: number, j: number) => Vec3,
  pose: (p: Vec3) => Vec3,
): Mesh {
  const points = new Float32Array(columns * rows * 3);
  const places = new Float32Array(columns * rows * 2);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const model = surface(i / (columns - 1), j / (rows - 1));
      points.set(pose(model), (j * columns + i) * 3);
      places.set([model[0], model[1]], (j * columns + i) * 2);
    }
  }
  return { material, columns, rows, points, places, normals: gridNormals(points, columns, rows) };
}

function gridNormals(points: Float32Array, columns: number, rows: number): Float32Array {
  const normals = new Float32Array(points.length);
  const step = (from: number, to: number, axis: number) =>
    at(points, to * 3 + axis) - at(points, from * 3 + axis);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const left = j * columns + Math.max(0, i - 1);
      const right = j * columns + Math.min(columns - 1, i + 1);
      const below = Math.max(0, j - 1) * columns + i;
      const above = Math.min(rows - 1, j + 1) * columns + i;
      const [ax, ay, az] = [step(left, right, 0), step(left, right, 1), step(left, right, 2)];
      const [bx, by, bz] = [step(below, above, 0), step(below, above, 1), step(below, above, 2)];
      const [nx, ny, nz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
      const length = Math.hypot(nx, ny, nz) || 1;
      normals.set([nx / length, ny / length, nz / length], (j * columns + i) * 3);
    }
  }
  return normals;
}
