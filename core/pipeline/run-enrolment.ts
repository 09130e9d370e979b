import type { JobContext, QueuePayload } from '../queue/queue.ts';
import { setCharacterStatus } from '../stores/characters.ts';
import { enrollCharacter } from './enroll-character.ts';
import { failureOf } from './failure.ts';
import type { Needs } from './needs.ts';

/**
 * Works off one enrolment job: the character becomes `ready`, or `failed` with the reason in words; a retryable error is
 * thrown while attempts are left.
 */
export async function runEnrolment(
  { tenantId, characterId }: QueuePayload<'identity'>,
  job: JobContext,
  needs: Needs<'db' | 'images' | 'vision' | 'log'>,
): Promise<void> {
  const failure = await enrollCharacter({ id: characterId, tenantId }, { ...needs, signal: job.signal })
    .then((enrolment) => (enrolment.kind === 'refused' ? enrolment.reason : undefined))
    .catch((error: unknown) => {
      const reason = failureOf(error, job);
      needs.log.error({ err: error, characterId, attempt: job.attempt }, 'enrolment failed');
      return reason;
    });
  if (failure === undefined) return;
  await needs.db.inTenant(tenantId, (tx) => setCharacterStatus(tx, characterId, 'failed', { failure }));
}
