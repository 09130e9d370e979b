import type { Context } from '#core/context.ts';
import { enrollCharacter } from '#core/pipeline/enroll-character.ts';
import { latestVector } from '#core/stores/vectors.ts';
import { listCharacters } from '#core/use-cases/list-characters.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import type { Vision } from '#core/vision/vision.ts';
import type { Session } from './command-session.ts';

export interface ReembedReport {
  readonly done: readonly string[];
  /** How many had an identity vector of this encoder already. */
  readonly current: number;
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Measures the references of every ready character that has no identity vector under the encoder in use. The vectors of
 * other encoders stay, under their own names, so that going back needs no work.
 */
export async function reembedReferences({
  context,
  caller,
  vision,
  session,
}: {
  context: Context;
  caller: Caller;
  vision: Vision;
  session: Session;
}): Promise<ReembedReport> {
  const done: string[] = [];
  const refused: { name: string; reason: string }[] = [];
  let current = 0;
  const characters = (await listCharacters(caller, context)).filter(({ status }) => status === 'ready');
  for (const [i, { id, name, tenantId }] of characters.entries()) {
    session.terminal.progress(`  ${i + 1} of ${characters.length}: ${name}`);
    const query = { ownerId: id, role: 'identity', encoder: vision.faceEncoder.id } as const;
    if (await context.db.inTenant(tenantId, (tx) => latestVector(tx, query))) {
      current++;
      continue;
    }
    const needs = { db: context.db, images: context.images, vision, signal: session.signal };
    const enrolment = await enrollCharacter({ id, tenantId }, needs);
    if (enrolment.kind === 'ready') done.push(name);
    else refused.push({ name, reason: enrolment.reason });
  }
  session.terminal.settle();
  return { done, current, refused };
}
