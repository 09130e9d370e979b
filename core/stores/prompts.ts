import type { CharacterId, TenantId } from '../domain/ids.ts';
import type { Tx } from './database.ts';

/** A prompt written before for the same input, by the hash of that input. */
export async function getPrompt(tx: Tx, hash: string): Promise<string | undefined> {
  const row = await tx.selectFrom('prompts').select('prompt').where('hash', '=', hash).executeTakeFirst();
  return row?.prompt;
}

/** Keeps a written prompt; the first one of a hash stays. */
export async function putPrompt(
  tx: Tx,
  input: { tenantId: TenantId; hash: string; characterId: CharacterId; prompt: string },
): Promise<void> {
  await tx
    .insertInto('prompts')
    .values({
      tenant_id: input.tenantId,
      hash: input.hash,
      character_id: input.characterId,
      prompt: input.prompt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
