import type { Character, Reference } from '../domain/character.ts';
import type { Scene } from '../domain/scene.ts';
import type { State } from '../domain/state.ts';
import { getEpisode } from '../stores/episodes.ts';
import { listReferences } from '../stores/references.ts';
import { listScenes } from '../stores/scenes.ts';
import { currentStory } from '../stores/stories.ts';
import { findCharacter } from './find-character.ts';
import type { Caller, Doorway } from './use-case.ts';

export interface CharacterView {
  readonly character: Character;
  readonly references: readonly Reference[];
  /** The state at the head of the character's open story. */
  readonly state: State;
  /** Newest first. */
  readonly scenes: readonly Scene[];
}

/** @throws {NotFoundError} when the caller's tenant has no such character. */
export async function showCharacter(
  nameOrId: string,
  caller: Caller,
  doorway: Pick<Doorway, 'db'>,
): Promise<CharacterView> {
  const character = await findCharacter(nameOrId, caller, doorway);
  return doorway.db.inTenant(caller.tenantId, async (tx) => {
    const story = await currentStory(tx, character.id);
    const head = story?.headEpisodeId ? await getEpisode(tx, story.headEpisodeId) : undefined;
    return {
      character,
      references: await listReferences(tx, character.id),
      state: head?.state ?? [],
      scenes: await listScenes(tx, { characterId: character.id, limit: 100 }),
    };
  });
}
