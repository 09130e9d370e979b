import { l2Normalize } from '#core/domain/face.ts';
import { ModelPackError } from '#core/errors.ts';
import { decodeCentre } from '#models/decode-centre.ts';
import type { StyleEncoderSpec } from '#models/manifest.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import { mapStatistics } from './map-statistics.ts';
import { type FloatTensor, openSession, type SessionOptions } from './open-session.ts';
import { patchTensor } from './patch-tensor.ts';
import type { StyleEncoder } from './style-encoder.ts';
import { wholePatch } from './whole-patch.ts';

/** How a kind of network sees a photo, which of its outputs counts, and how that becomes one vector. */
const KINDS: Record<
  StyleEncoderSpec['kind'],
  {
    readonly fit: 'squeeze' | 'crop';
    readonly output: string;
    readonly describe: (output: FloatTensor) => Float32Array;
  }
> = {
  'clip-image': { fit: 'crop', output: 'image_embeds', describe: ({ data }) => data },
  'squeezenet-fire5': { fit: 'squeeze', output: 'fire5/concat', describe: mapStatistics },
};

/**
 * Opens the style network of a pack.
 *
 * Its vectors are L2-normalised; where the manifest carries a centre, that is subtracted and they are normalised again.
 * @throws {ModelPackError} when the pack has no style encoder, or its file does not load or gives something else.
 * Source: A. Radford et al., Learning transferable visual models from natural language supervision, 2021 (CLIP);
 * F. Iandola et al., SqueezeNet, 2016, with the channel statistics of X. Huang, S. Belongie, Arbitrary style transfer in
 * real-time with adaptive instance normalization, 2017.
 */
export async function openStyleEncoder(pack: PreparedPack, options: SessionOptions): Promise<StyleEncoder> {
  const { name, styleEncoder: spec } = pack.manifest;
  if (!spec)
    throw new ModelPackError(
      `The pack "${name}" has no style encoder; set IDLOCK_STYLE_ENCODER to another, or leave it out`,
    );
  const { fit, output, describe } = KINDS[spec.kind];
  const centre = spec.centre ? decodeCentre(spec.centre, spec.dim) : undefined;
  const session = await openSession(pack.path(spec.file), options);
  return {
    encoder: { id: spec.id, dim: spec.dim },
    async encode(photo) {
      const patch = await wholePatch(photo, spec.sizePx, fit);
      const shape = [1, 3, spec.sizePx, spec.sizePx];
      const found = (await session.run({ data: patchTensor([patch], spec), shape })).get(output);
      const descriptor = found ? describe(found) : new Float32Array();
      if (descriptor.length !== spec.dim)
        throw new ModelPackError(`The style model of the pack "${name}" is another one; prepare it again`);
      const vector = l2Normalize(descriptor);
      return centre ? l2Normalize(vector.map((value, i) => value - (centre[i] ?? 0))) : vector;
    },
    close: () => session.close(),
  };
}
