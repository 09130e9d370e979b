import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Looks a weight up by name; throws a RangeError when the file holds none of that name. */
export type Weights = (name: string) => Weight;

const manifestSchema = z.tuple([
  z.object({
    paths: z.tuple([z.string()]),
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.number().int().positive()),
        dtype: z.enum(['float32', 'int32']),
        quantization: z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }).optional(),
      }),
    ),
  }),
]);

/**
 * Reads one network of face-api: a TensorFlow.js weights manifest and the one binary file beside it.
 *
 * Quantised bytes become `byte * scale + min`, as TensorFlow.js computes it (in double, stored as float32).
 * Source: tfjs-core/src/io/io_utils.ts, decodeWeights().
 */
export async function readWeights(folder: string, network: string): Promise<Weights> {
  const json = await readFile(path.join(folder, `${network}-weights_manifest.json`), 'utf8');
  const [{ paths, weights }] = manifestSchema.parse(JSON.parse(json));
  const bytes = await readFile(path.join(folder, paths[0]));

  const byName = new Map<string, Weight>();
  let offset = 0;
  for (const { name, shape, quantization } of weights) {
    const count = shape.reduce((product, size) => product * size, 1);
    const data = new Float32Array(count);
    for (let i = 0; i < count; i++)
      data[i] = quantization
        ? bytes.readUInt8(offset + i) * quantization.scale + quantization.min
        : bytes.readFloatLE(offset + i * 4);
    offset += quantization ? count : count * 4;
    byName.set(name, { shape, data });
  }
  return (name) => {
    const weight = byName.get(name);
    if (!weight) throw new RangeError(`Cannot find weight "${name}" in ${network}`);
    return weight;
  };
}
