import type { Character, Reference } from '../domain/character.ts';
import type { Episode } from '../domain/episode.ts';
import type { EpisodeId } from '../domain/ids.ts';
import type { Scene } from '../domain/scene.ts';
import type { State } from '../domain/state.ts';
import { InvalidRequestError, NotFoundError } from '../errors.ts';
import { getCharacter } from '../stores/characters.ts';
import type { Tx } from '../stores/database.ts';
import { branchIds, getEpisodes } from '../stores/episodes.ts';
import { listReferences } from '../stores/references.ts';
import { getStory } from '../stores/stories.ts';
import { latestVector, listVectors, nearestVectors } from '../stores/vectors.ts';
import type { Needs } from './needs.ts';

/** How many episodes are recalled by likeness; as many of the newest enter the prompt as text. */
export const RECALLED_EPISODES = 3;
/** How far back on the branch is looked, in episodes. */
const RECALL_HORIZON = 200;

export interface RecalledEpisode {
  readonly episode: Pick<Episode, 'id' | 'sceneIndex' | 'text' | 'tags'>;
  /** Face vector of the episode's picture; null when it was not among the nearest. */
  readonly face: Float32Array | null;
}

export interface ViewedReference {
  readonly reference: Reference;
  readonly view: Float32Array;
}

/** What is remembered of a character at the head of a story. */
export interface Memory {
  readonly character: Character;
  readonly identity: Float32Array;
  readonly references: readonly ViewedReference[];
  /** Newest first; all of them on the story's branch. */
  readonly episodes: readonly RecalledEpisode[];
  readonly state: State;
  readonly headEpisodeId: EpisodeId | null;
}

/**
 * Recalls the identity vector, the references, the top-K episodes on the story's branch and the state at its head.
 *
 * @throws {NotFoundError} when the character or story is gone.
 * @throws {InvalidRequestError} when the character has no identity under the current encoder.
 */
export async function retrieveMemory(scene: Scene, { db, vision }: Needs<'db' | 'vision'>): Promise<Memory> {
  const encoder = vision.faceEncoder.id;
  return db.inTenant(scene.tenantId, async (tx) => {
    const character = await getCharacter(tx, scene.characterId);
    const story = await getStory(tx, scene.storyId);
    if (!character || !story) throw new NotFoundError('The character or story of this scene is gone');
    const identity = await latestVector(tx, { ownerId: character.id, role: 'identity', encoder });
    if (!identity) {
      throw new InvalidRequestError(`${character.name} was not measured under the encoder in use`);
    }
    const branch = story.headEpisodeId ? await branchIds(tx, story.headEpisodeId, RECALL_HORIZON) : [];
    const episodes = await recalledEpisodes(tx, { character, branch, encoder, query: identity });
    return {
      character,
      identity,
      references: await viewedReferences(tx, character, encoder),
      episodes: episodes.map(withoutState),
      state: episodes[0]?.episode.state ?? [],
      headEpisodeId: story.headEpisodeId,
    };
  });
}

async function viewedReferences(tx: Tx, character: Character, encoder: string): Promise<ViewedReference[]> {
  const views = new Map<string, Float32Array>();
  // They come newest first.
  for (const { subjectId, embedding } of await listVectors(tx, {
    ownerId: character.id,
    role: 'view',
    encoder,
  })) {
    if (!views.has(subjectId)) views.set(subjectId, embedding);
  }
  const references = await listReferences(tx, character.id);
  return references.flatMap((reference) => {
    const view = views.get(reference.id);
    return view ? [{ reference, view }] : [];
  });
}

/** The newest of the branch and those most like the query, newest first. */
async function recalledEpisodes(
  tx: Tx,
  input: {
    character: Character;
    branch: readonly EpisodeId[];
    encoder: string;
    query: Float32Array;
  },
): Promise<{ episode: Episode; face: Float32Array | null }[]> {
  const near = await nearestVectors(tx, {
    ownerId: input.character.id,
    role: 'episode-face',
    encoder: input.encoder,
    query: input.query,
    k: RECALLED_EPISODES,
    subjectIds: input.branch,
  });
  const faces = new Map<string, Float32Array>(near.map(({ subjectId, embedding }) => [subjectId, embedding]));
  const recalled = input.branch.filter((id, i) => i < RECALLED_EPISODES || faces.has(id));
  const episodes = await getEpisodes(tx, recalled);
  return episodes.map((episode) => ({ episode, face: faces.get(episode.id) ?? null }));
}

function withoutState({ episode, face }: { episode: Episode; face: Float32Array | null }): RecalledEpisode {
  const { id, sceneIndex, text, tags } = episode;
  return { episode: { id, sceneIndex, text, tags }, face };
}
