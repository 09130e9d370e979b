import { rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { BuildPack } from '../prepared-pack.ts';
import { landmarksGraph } from './landmarks-graph.ts';
import { readWeights, type Weights } from './read-weights.ts';
import { recogniserGraph } from './recogniser-graph.ts';
import { ssdDetectorGraph } from './ssd-detector-graph.ts';

interface Network {
  readonly weights: string;
  readonly file: string;
  readonly graph: (weights: Weights) => Uint8Array;
}

const NETWORKS: readonly Network[] = [
  { weights: 'ssd_mobilenetv1_model', file: 'face-api-ssd-detector.onnx', graph: ssdDetectorGraph },
  { weights: 'face_landmark_68_model', file: 'face-api-landmarks-68.onnx', graph: landmarksGraph },
  { weights: 'face_recognition_model', file: 'face-api-recogniser.onnx', graph: recogniserGraph },
];

/**
 * Writes the networks inside the npm dependency `@vladmandic/face-api` as ONNX files, the same bytes every time.
 * A file appears under its name only when it is whole.
 *
 * onProgress: networks done and in all.
 */
export const convertFaceApi: BuildPack = async (outDir, { onProgress, signal }) => {
  const entry = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
  const source = path.join(path.dirname(entry), 'model');
  onProgress(0, NETWORKS.length);
  for (const [i, { weights, file, graph }] of NETWORKS.entries()) {
    signal.throwIfAborted();
    await writeWhole(path.join(outDir, file), graph(await readWeights(source, weights)), signal);
    onProgress(i + 1, NETWORKS.length);
  }
};

async function writeWhole(file: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, bytes, { signal });
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}
