import { agreementOf } from '../domain/agreement.ts';
import type { Character, Reference, ReferenceFace } from '../domain/character.ts';
import { largestFace, meanVector } from '../domain/face.ts';
import { photoProblem } from '../domain/photo-quality.ts';
import { InvalidRequestError, NotFoundError } from '../errors.ts';
import { getCharacter, setCharacterStatus } from '../stores/characters.ts';
import { activeConsent } from '../stores/consents.ts';
import { listReferences, setReferenceFace } from '../stores/references.ts';
import { insertVector } from '../stores/vectors.ts';
import type { Needs } from './needs.ts';

export type Enrolment =
  | { readonly kind: 'ready'; readonly agreement: { mean: number; sd: number } | null }
  | { readonly kind: 'refused'; readonly reason: string };

interface View {
  readonly reference: Reference;
  readonly face: ReferenceFace;
  readonly embedding: Float32Array;
}

/**
 * Reads the references of a character and gives it its identity vector: the normalised mean of the normalised view
 * vectors, kept with the encoder's name. No photo is looked at without a recorded consent.
 *
 * Photos that cannot be used are a value, with the reason for the person; nothing is written then. Under another encoder
 * the same photos give another identity vector beside the first, never mixed with it.
 */
export async function enrollCharacter(
  character: Pick<Character, 'id' | 'tenantId'>,
  needs: Needs<'db' | 'images' | 'vision' | 'signal'>,
): Promise<Enrolment> {
  const { db, vision } = needs;
  const references = await db.inTenant(character.tenantId, async (tx) => {
    if (!(await getCharacter(tx, character.id))) throw new NotFoundError('This character is gone');
    if (!(await activeConsent(tx, character.id))) {
      throw new InvalidRequestError(
        'No consent is recorded for this character: create it again and give consent',
      );
    }
    return listReferences(tx, character.id);
  });
  const { views, problems } = await viewReferences(references, needs);
  const agreement = agreementOf(
    views.map(({ embedding }) => embedding),
    vision.faceEncoder.calibration.moderate,
  );
  if (agreement?.outlier != null) problems.push(outlierProblem(agreement.outlier, views.length));
  if (problems.length > 0) return { kind: 'refused', reason: problems.join('. ') };
  const measured = agreement ? { mean: agreement.mean, sd: agreement.sd } : null;
  await keepIdentity(character, views, measured, needs);
  return { kind: 'ready', agreement: measured };
}

async function viewReferences(
  references: readonly Reference[],
  { images, vision, signal }: Needs<'images' | 'vision' | 'signal'>,
): Promise<{ views: View[]; problems: string[] }> {
  const views: View[] = [];
  const problems: string[] = [];
  for (const reference of references) {
    const analysis = await vision.analyze(await images.get(reference.image.key, signal), signal);
    const problem = photoProblem(analysis);
    const face = largestFace(analysis.faces);
    if (problem || !face) problems.push(`Photo ${reference.position}: ${problem ?? 'no face'}`);
    else
      views.push({
        reference,
        face: { box: face.box, landmarks: face.landmarks, quality: face.quality },
        embedding: face.embedding,
      });
  }
  return { views, problems };
}

function outlierProblem(outlier: number, count: number): string {
  return count === 2
    ? 'The two photos do not look like the same person: send photos of one person'
    : `Photo ${outlier + 1} does not look like the person of the other photos: leave it out or replace it`;
}

async function keepIdentity(
  character: Pick<Character, 'id' | 'tenantId'>,
  views: readonly View[],
  agreement: { mean: number; sd: number } | null,
  { db, vision }: Needs<'db' | 'vision'>,
): Promise<void> {
  const { tenantId, id } = character;
  const encoder = vision.faceEncoder.id;
  await db.inTenant(tenantId, async (tx) => {
    for (const { reference, face, embedding } of views) {
      await setReferenceFace(tx, reference.id, face);
      await insertVector(tx, {
        tenantId,
        ownerId: id,
        subjectId: reference.id,
        role: 'view',
        encoder,
        embedding,
      });
    }
    const identity = meanVector(views.map(({ embedding }) => embedding));
    await insertVector(tx, {
      tenantId,
      ownerId: id,
      subjectId: id,
      role: 'identity',
      encoder,
      embedding: identity,
    });
    await setCharacterStatus(tx, id, 'ready', { agreement });
  });
}
