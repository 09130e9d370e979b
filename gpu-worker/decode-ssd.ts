import type { Detection } from './detection.ts';
import type { PhotoSquare } from './photo-square.ts';

/**
 * Reads the boxes of face-api's SSD detector.
 *
 * boxes: Float32Array[5118 * 4], top, left, bottom, right in parts of the square's side; scores: Float32Array[5118].
 * Source: @vladmandic/face-api src/ssdMobilenetv1/SsdMobilenetv1.ts, locateFaces().
 */
export function decodeSsd(
  { boxes, scores }: { readonly boxes: Float32Array; readonly scores: Float32Array },
  square: Pick<PhotoSquare, 'squarePx' | 'scale'>,
  minScore: number,
): Detection[] {
  const side = square.squarePx / square.scale;
  const found: Detection[] = [];
  scores.forEach((score, i) => {
    if (score < minScore) return;
    const [top = 0, left = 0, bottom = 0, right = 0] = boxes.subarray(i * 4, i * 4 + 4);
    const [x, y] = [Math.max(0, left) * side, Math.max(0, top) * side];
    found.push({
      score,
      box: { x, y, width: Math.min(1, right) * side - x, height: Math.min(1, bottom) * side - y },
    });
  });
  return found;
}
