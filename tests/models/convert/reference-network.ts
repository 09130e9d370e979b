import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The few calls of TensorFlow.js that the tests make. */
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  tensor3d(data: Float32Array, shape: readonly number[]): unknown;
  io: { decodeWeights(bytes: ArrayBuffer, specs: unknown): unknown };
}
interface ReferenceTensor {
  dataSync(): Float32Array;
  transpose(order: readonly number[]): ReferenceTensor;
}
interface Network {
  loadFromWeightMap(weights: unknown): void;
  // The tiny detector and the SSD detector answer differently: each test knows what it asked for.
  forward(input: unknown): Promise<unknown>;
}
interface FaceApi {
  tf: TensorFlow;
  env: { setEnv(env: object): void };
  nets: Record<'ssdMobilenetv1' | 'faceLandmark68Net' | 'faceRecognitionNet', Network>;
}

export const faceApiFolder = path.dirname(
  createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json'),
);

/**
 * Runs a network of @vladmandic/face-api itself, on TensorFlow.js in plain JavaScript: slow and exact.
 *
 * rgb: Float32Array[side * side * 3], row by row, 0-255.
 */
export async function runReference(
  name: keyof FaceApi['nets'],
  weights: string,
  { rgb, side }: { readonly rgb: Float32Array; readonly side: number },
): Promise<unknown> {
  const faceApi = await loadFaceApi();
  const file = path.join(faceApiFolder, 'model', weights);
  const [{ weights: specs }] = JSON.parse(await readFile(`${file}-weights_manifest.json`, 'utf8'));
  const bytes = Uint8Array.from(await readFile(`${file}.bin`));
  const network = faceApi.nets[name];
  network.loadFromWeightMap(faceApi.tf.io.decodeWeights(bytes.buffer, specs));
  return network.forward(faceApi.tf.tensor3d(rgb, [side, side, 3]));
}

/** The numbers of a tensor that the reference gave. */
export function numbersOf(tensor: unknown): Float32Array {
  // Only tensors reach this: the reference's own types are not installed.
  return (tensor as ReferenceTensor).dataSync();
}

/** The browser bundle is the only build with TensorFlow.js inside; it wants to believe in a window. */
async function loadFaceApi(): Promise<FaceApi> {
  const page = globalThis as { window?: unknown };
  page.window ??= { document: {} };
  const faceApi: FaceApi = await import(path.join(faceApiFolder, 'dist/face-api.esm.js'));
  await faceApi.tf.setBackend('cpu');
  const nothing = class {};
  faceApi.env.setEnv({ Canvas: nothing, Image: nothing, ImageData: nothing, Video: nothing });
  return faceApi;
}
