import type { CharacterId } from '../domain/ids.ts';
import { revokeConsents } from './consents.ts';
import type { Tx } from './database.ts';

/** Rows that went, by table; `consents` counts those that are revoked and stay. */
export type ForgottenRows = Readonly<Record<string, number>>;

/**
 * Deletes a character and all that was made of it. Consents stay, revoked, as the proof that there was one; charges,
 * reports and the audit stay too: they hold ids and no names. The images are the caller's to remove, after the commit.
 *
 * A character that is not there gives counts of 0.
 */
export async function forgetCharacter(tx: Tx, id: CharacterId): Promise<ForgottenRows> {
  const scenes = tx.selectFrom('scenes').select('id').where('character_id', '=', id);
  const counts: Record<string, number> = {};
  const count = async (
    table: string,
    statement: { executeTakeFirst(): Promise<{ numDeletedRows: bigint }> },
  ) => {
    const { numDeletedRows } = await statement.executeTakeFirst();
    counts[table] = Number(numDeletedRows);
  };

  // From the leaves to the root; a table that is missing here makes a foreign key refuse the last line.
  await tx.updateTable('stories').set({ head_episode_id: null }).where('character_id', '=', id).execute();
  await count('notices', tx.deleteFrom('notices').where('scene_id', 'in', scenes));
  await count(
    'steps',
    tx.deleteFrom('steps').where((row) => row.or([row('owner_id', '=', id), row('owner_id', 'in', scenes)])),
  );
  await count('takes', tx.deleteFrom('takes').where('scene_id', 'in', scenes));
  await count('vectors', tx.deleteFrom('vectors').where('owner_id', '=', id));
  await count('state_facts', tx.deleteFrom('state_facts').where('character_id', '=', id));
  await count('prompts', tx.deleteFrom('prompts').where('character_id', '=', id));
  await count('episodes', tx.deleteFrom('episodes').where('character_id', '=', id));
  await count('scenes', tx.deleteFrom('scenes').where('character_id', '=', id));
  await count('stories', tx.deleteFrom('stories').where('character_id', '=', id));
  await count('character_references', tx.deleteFrom('character_references').where('character_id', '=', id));
  counts.consents = await revokeConsents(tx, id);
  await count('characters', tx.deleteFrom('characters').where('id', '=', id));
  return counts;
}
