import { createRequire } from 'node:module';
import path from 'node:path';
import { readPhoto } from '../../core/imaging/read-photo.ts';

/** What this bench uses of `@vladmandic/face-api`; its own types need a DOM. */
interface FaceApi {
  readonly nets: Record<'ssdMobilenetv1' | 'faceLandmark68Net' | 'faceRecognitionNet', Network>;
  readonly SsdMobilenetv1Options: new (options: { minConfidence: number; maxResults: number }) => object;
  detectAllFaces(input: Tensor, options: object): Detecting;
}
interface Network {
  loadFromDisk(folder: string): Promise<void>;
}
interface Detecting {
  withFaceLandmarks(): { withFaceDescriptors(): PromiseLike<readonly { descriptor: Float32Array }[]> };
}
interface Tensor {
  dispose(): void;
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  getBackend(): string;
  tensor3d(values: Uint8Array, shape: [number, number, number], type: 'int32'): Tensor;
}

const MAX_SIDE_PX = 1024;

/** The peer: finds, aligns and describes the faces of a photo, and says how many. */
export interface FaceApiPeer {
  analyze(image: Uint8Array): Promise<number>;
}

/**
 * Opens face-api with its SSD detector, 68 landmarks and recogniser on TensorFlow.js' WASM backend, which in Node has
 * SIMD and one thread. It decodes with the product's own reader, down to a size that is more than its detector sees.
 *
 * minConfidence: in [0, 1], under which a detection is no face.
 */
export async function openFaceApi({
  minConfidence,
}: {
  readonly minConfidence: number;
}): Promise<FaceApiPeer> {
  const require = createRequire(import.meta.url);
  const tf: TensorFlow = require('@tensorflow/tfjs');
  require('@tensorflow/tfjs-backend-wasm');
  const faceApi: FaceApi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  const models = path.join(path.dirname(require.resolve('@vladmandic/face-api/package.json')), 'model');
  await tf.setBackend('wasm');
  await tf.ready();
  if (tf.getBackend() !== 'wasm') throw new Error(`face-api runs on ${tf.getBackend()} instead of WASM`);
  await faceApi.nets.ssdMobilenetv1.loadFromDisk(models);
  await faceApi.nets.faceLandmark68Net.loadFromDisk(models);
  await faceApi.nets.faceRecognitionNet.loadFromDisk(models);
  const detector = new faceApi.SsdMobilenetv1Options({ minConfidence, maxResults: 16 });

  return {
    async analyze(image) {
      const photo = await readPhoto(image, AbortSignal.timeout(60_000), { maxSidePx: MAX_SIDE_PX });
      const tensor = tf.tensor3d(photo.rgb, [photo.heightPx, photo.widthPx, 3], 'int32');
      try {
        const faces = await faceApi
          .detectAllFaces(tensor, detector)
          .withFaceLandmarks()
          .withFaceDescriptors();
        return faces.length;
      } finally {
        tensor.dispose();
      }
    },
  };
}
