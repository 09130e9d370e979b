import type { ConsentText } from '../domain/character.ts';
import type { CharacterId, ConsentId, UserId } from '../domain/ids.ts';
import type { Tx } from './database.ts';

export interface Consent extends ConsentText {
  readonly id: ConsentId;
  readonly characterId: CharacterId;
  readonly givenBy: UserId;
  readonly givenAt: Date;
}

/** Records what was agreed to, in the transaction that makes the character: before any face is measured. */
export async function insertConsent(tx: Tx, consent: Consent): Promise<void> {
  await tx
    .insertInto('consents')
    .values({
      id: consent.id,
      character_id: consent.characterId,
      given_by: consent.givenBy,
      policy_version: consent.policyVersion,
      text_hash: consent.textHash,
      given_at: consent.givenAt,
    })
    .execute();
}

/** The newest consent that was not revoked, or undefined: then nothing may be done with the face. */
export async function activeConsent(tx: Tx, characterId: CharacterId): Promise<Consent | undefined> {
  return tx
    .selectFrom('consents')
    .select([
      'id',
      'character_id as characterId',
      'given_by as givenBy',
      'policy_version as policyVersion',
      'text_hash as textHash',
      'given_at as givenAt',
    ])
    .where('character_id', '=', characterId)
    .where('revoked_at', 'is', null)
    .orderBy('given_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Withdraws every consent for the character; returns how many were in force. */
export async function revokeConsents(tx: Tx, characterId: CharacterId): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('consents')
    .set({ revoked_at: new Date() })
    .where('character_id', '=', characterId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
