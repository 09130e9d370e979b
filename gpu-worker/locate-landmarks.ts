import type { Box, Point } from '#core/domain/face.ts';
import type { Photo } from '#core/imaging/read-photo.ts';
import type { FloatTensor, Session } from './open-session.ts';
import { patchTensor } from './patch-tensor.ts';
import { warpPatch } from './warp-patch.ts';

const SIDE_PX = 112;
const POINTS = 68;
/** The network subtracts its own mean. */
const RAW_PIXELS = { colour: 'rgb', mean: [0, 0, 0], std: [1, 1, 1] } as const;

/**
 * Finds the 68 points (iBUG scheme) of each face, in photo pixels, all faces in one run.
 *
 * boxes: as the SSD detector gives them; each is widened to a square around its centre.
 */
export async function locateLandmarks(
  photo: Photo,
  boxes: readonly Box[],
  session: Session,
): Promise<Point[][]> {
  if (boxes.length === 0) return [];
  const squares = boxes.map(squareAround);
  const patches = squares.map(({ x, y, side }) => {
    const scale = side / SIDE_PX;
    // Pixel centres: patch pixel 0 covers photo pixels x - 0.5 to x - 0.5 + scale.
    const half = (scale - 1) / 2;
    return warpPatch(photo, { a: scale, b: 0, dx: x + half, dy: y + half }, SIDE_PX);
  });
  const shape = [boxes.length, 3, SIDE_PX, SIDE_PX];
  const outputs = await session.run({ data: patchTensor(patches, RAW_PIXELS), shape });
  return squares.map((square, face) => pointsOf(outputs.get('points'), face, square));
}

interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

function squareAround({ x, y, width, height }: Box): Square {
  const side = Math.max(width, height);
  return { x: x + (width - side) / 2, y: y + (height - side) / 2, side };
}

function pointsOf(output: FloatTensor | undefined, face: number, { x, y, side }: Square): Point[] {
  const at = (i: number) => output?.data[face * POINTS * 2 + i] ?? Number.NaN;
  return Array.from({ length: POINTS }, (_, i): Point => [x + at(i * 2) * side, y + at(i * 2 + 1) * side]);
}
