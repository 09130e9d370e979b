import type { Box, FivePoints, Point } from '#core/domain/face.ts';
import type { FoundFace } from './face-detector.ts';
import type { PhotoTensor } from './photo-tensor.ts';

const STRIDES = [8, 16, 32] as const;

/**
 * Reads YuNet's outputs: per stride and cell a class and an objectness score, a box and five points.
 *
 * output: `<name>_<stride>` to its numbers; tensor: what went in.
 * Source: github.com/opencv/opencv, modules/objdetect/src/face_detect.cpp (FaceDetectorYN postProcess).
 */
export function decodeYunet(
  output: (name: string) => Float32Array,
  tensor: Pick<PhotoTensor, 'width' | 'scale'>,
  minScore: number,
): FoundFace[] {
  const found: FoundFace[] = [];
  for (const stride of STRIDES) {
    const columns = tensor.width / stride;
    const classes = output(`cls_${stride}`);
    const objects = output(`obj_${stride}`);
    const boxes = output(`bbox_${stride}`);
    const points = output(`kps_${stride}`);
    for (let cell = 0; cell < classes.length; cell++) {
      const score = Math.sqrt(unit(classes[cell]) * unit(objects[cell]));
      if (score < minScore) continue;
      const place = { column: cell % columns, row: Math.floor(cell / columns), size: stride / tensor.scale };
      found.push({
        score,
        box: boxAt(boxes.subarray(cell * 4, cell * 4 + 4), place),
        landmarks: pointsAt(points.subarray(cell * 10, cell * 10 + 10), place),
      });
    }
  }
  return found;
}

interface Place {
  readonly column: number;
  readonly row: number;
  /** Side of a cell, photo px. */
  readonly size: number;
}

function boxAt(offsets: Float32Array, { column, row, size }: Place): Box {
  const [dx = 0, dy = 0, logWidth = 0, logHeight = 0] = offsets;
  const width = Math.exp(logWidth) * size;
  const height = Math.exp(logHeight) * size;
  return { x: (column + dx) * size - width / 2, y: (row + dy) * size - height / 2, width, height };
}

function pointsAt(offsets: Float32Array, { column, row, size }: Place): FivePoints {
  const point = (i: number): Point => [
    ((offsets[i * 2] ?? 0) + column) * size,
    ((offsets[i * 2 + 1] ?? 0) + row) * size,
  ];
  return [point(0), point(1), point(2), point(3), point(4)];
}

function unit(value = 0): number {
  return Math.min(1, Math.max(0, value));
}
