import sharp from 'sharp';
import { l2Normalize } from '#core/domain/face.ts';
import type { Vision } from '#core/vision/vision.ts';

/**
 * A vision that takes the mean colour of a picture for its one face: the vector is (red, green, blue, 0), so two
 * pictures are alike as far as their colours are. A black picture has no face. Fast, and right about what it claims.
 */
export function colourVision(encoder = 'fake/colour@1'): Vision {
  return {
    faceEncoder: {
      id: encoder,
      dim: 4,
      calibration: {
        slope: 20,
        intercept: -14,
        moderate: 0.8,
        strong: 0.95,
        thresholds: { '0.01': 0.8 },
        source: 'made up',
      },
    },
    styleEncoder: { id: 'fake/style@1', dim: 4 },
    async analyze(image, signal) {
      signal.throwIfAborted();
      const { channels, ...rest } = await sharp(image).removeAlpha().stats();
      const { width = 0, height = 0 } = await sharp(image).metadata();
      const [red = 0, green = 0, blue = 0] = channels.map(({ mean }) => Math.round(mean));
      const vector = Float32Array.from([red, green, blue, 0]);
      const style = l2Normalize(Float32Array.from([width, height, 1, rest.entropy + 1]));
      if (red + green + blue < 30) return { widthPx: width, heightPx: height, faces: [], style };
      const box = { x: width / 4, y: height / 4, width: width / 2, height: height / 2 };
      const at = (x: number, y: number) => [width * x, height * y] as const;
      return {
        widthPx: width,
        heightPx: height,
        faces: [
          {
            box,
            landmarks: [at(0.4, 0.4), at(0.6, 0.4), at(0.5, 0.5), at(0.42, 0.6), at(0.58, 0.6)],
            detectorScore: 1,
            quality: { sizePx: Math.min(box.width, box.height), yawDegrees: 0, sharpness: 500, occlusion: 0 },
            embedding: l2Normalize(vector),
          },
        ],
        style,
      };
    },
    async close() {},
  };
}
