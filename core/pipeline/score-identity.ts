import { cosineSimilarity, type Face } from '../domain/face.ts';
import { type IdentityVerdict, judgeFace } from '../domain/identity.ts';
import type { ImageRef } from '../domain/image-ref.ts';
import type { Needs } from './needs.ts';

export interface ScoredPicture {
  readonly verdict: IdentityVerdict;
  /** The face that was taken for the character; null when none was found. */
  readonly face: Pick<Face, 'box' | 'embedding'> | null;
  readonly style: Float32Array;
}

/**
 * Measures whether a render still shows the character.
 *
 * Of several faces the one most like the character is meant: bystanders do not count. A picture without a face is a
 * verdict and not an error; `refinePrompt()` decides what to do about it.
 */
export async function scoreIdentity(
  input: { readonly image: ImageRef; readonly identity: Float32Array },
  { images, vision, signal }: Needs<'images' | 'vision' | 'signal'>,
): Promise<ScoredPicture> {
  const { faces, style } = await vision.analyze(await images.get(input.image.key, signal), signal);
  const likeness = (face: Face) => cosineSimilarity(face.embedding, input.identity);
  const face = faces.toSorted((a, b) => likeness(b) - likeness(a))[0];
  return {
    verdict: judgeFace(face, input.identity, vision.faceEncoder),
    face: face ? { box: face.box, embedding: face.embedding } : null,
    style,
  };
}
