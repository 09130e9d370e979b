import { cosineSimilarity, l2Normalize } from '../domain/face.ts';
import type { Scene } from '../domain/scene.ts';
import type { State } from '../domain/state.ts';
import type { Memory, RecalledEpisode, ViewedReference } from './retrieve-memory.ts';

/** Weight of the identity vector, of all episodes together, and the decay from one to the next older: product choices. */
export const MERGE_WEIGHTS = { semantic: 0.6, episodic: 0.4, decay: 0.6 } as const;

/** All that a scene's prompt and render are made of. */
export interface Brief {
  readonly scene: Scene;
  readonly name: string;
  readonly sheet: Memory['character']['sheet'];
  /** Newest first. */
  readonly episodes: readonly RecalledEpisode['episode'][];
  readonly state: State;
  /** Nearest to the merged vector first: the order in which references are handed to a renderer with few slots. */
  readonly references: readonly ViewedReference['reference'][];
}

/** Merges the request with what is remembered. Pure. */
export function mergeMemory(scene: Scene, memory: Memory): Brief {
  const faces = memory.episodes.flatMap(({ face }) => (face ? [face] : []));
  const merged = mergeVectors(memory.identity, faces);
  const likeness = ({ view }: ViewedReference) => cosineSimilarity(view, merged);
  return {
    scene,
    name: memory.character.name,
    sheet: memory.character.sheet,
    episodes: memory.episodes.map(({ episode }) => episode),
    state: memory.state,
    references: memory.references
      .toSorted((a, b) => likeness(b) - likeness(a))
      .map(({ reference }) => reference),
  };
}

/**
 * merged = normalize(0.6 v_s + 0.4 sum(decay^(i-1) e_i) / sum(decay^(i-1))), i = 1 for the newest episode.
 *
 * identity: unit vector; episodes: unit vectors of the same encoder, newest first. Without episodes it is the identity.
 * The episodic part is normalised, so that its weight does not grow with the number of episodes.
 */
export function mergeVectors(identity: Float32Array, episodes: readonly Float32Array[]): Float32Array {
  if (episodes.length === 0) return identity;
  const weights = episodes.map((_, i) => MERGE_WEIGHTS.decay ** i);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const merged = identity.map((value) => MERGE_WEIGHTS.semantic * value);
  episodes.forEach((episode, i) => {
    const weight = (MERGE_WEIGHTS.episodic * (weights[i] ?? 0)) / total;
    episode.forEach((value, d) => {
      merged[d] = (merged[d] ?? 0) + weight * value;
    });
  });
  return l2Normalize(merged);
}
