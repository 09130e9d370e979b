import type { Episode } from '../domain/episode.ts';
import { newId } from '../domain/ids.ts';
import type { Scene, Take } from '../domain/scene.ts';
import type { State, StateChange } from '../domain/state.ts';
import { findEpisodeOfScene, getEpisode, insertEpisode } from '../stores/episodes.ts';
import { insertStateChanges } from '../stores/state-facts.ts';
import { getStory, setStoryHead } from '../stores/stories.ts';
import { insertVector } from '../stores/vectors.ts';
import type { Needs } from './needs.ts';
import type { ScoredPicture } from './score-identity.ts';

/**
 * Writes what the scene leaves in memory: episode, its vectors, the changed facts and the story's new head, in one
 * transaction. A scene has one episode: remembering it again returns the first one untouched.
 */
export async function remember(
  input: {
    readonly scene: Scene;
    readonly best: Take;
    readonly scored: ScoredPicture;
    readonly state: State;
    readonly changes: readonly StateChange[];
  },
  { db, vision }: Needs<'db' | 'vision'>,
): Promise<Pick<Episode, 'id' | 'sceneIndex'>> {
  const { scene, scored } = input;
  const { tenantId } = scene;
  return db.inTenant(tenantId, async (tx) => {
    const story = await getStory(tx, scene.storyId);
    const head = story?.headEpisodeId ? await getEpisode(tx, story.headEpisodeId) : undefined;
    const remembered = await findEpisodeOfScene(tx, scene.id);
    if (remembered) return { id: remembered.id, sceneIndex: remembered.sceneIndex };
    const episode = await insertEpisode(tx, scene.characterId, {
      id: newId('episode'),
      storyId: scene.storyId,
      sceneId: scene.id,
      parentId: head?.id ?? null,
      sceneIndex: (head?.sceneIndex ?? 0) + 1,
      text: scene.prompt,
      tags: input.state.map(({ value }) => value),
      image: input.best.image,
      state: input.state,
      createdAt: new Date(),
    });

    const vector = { tenantId, ownerId: scene.characterId, subjectId: episode.id };
    if (scored.face) {
      const { embedding } = scored.face;
      await insertVector(tx, { ...vector, role: 'episode-face', encoder: vision.faceEncoder.id, embedding });
    }
    await insertVector(tx, {
      ...vector,
      role: 'episode-style',
      encoder: vision.styleEncoder.id,
      embedding: scored.style,
    });
    await insertStateChanges(tx, { episodeId: episode.id, sceneId: scene.id, changes: input.changes });
    await setStoryHead(tx, scene.storyId, episode.id);
    return { id: episode.id, sceneIndex: episode.sceneIndex };
  });
}
