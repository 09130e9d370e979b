import type { EpisodeId, SceneId, StoryId } from './ids.ts';
import type { ImageRef } from './image-ref.ts';
import type { State } from './state.ts';

/** What a finished scene left in memory. Its parent makes a story a tree. */
export interface Episode {
  readonly id: EpisodeId;
  readonly storyId: StoryId;
  readonly sceneId: SceneId;
  readonly parentId: EpisodeId | null;
  /** 1 for the first scene of its branch. */
  readonly sceneIndex: number;
  readonly text: string;
  readonly tags: readonly string[];
  readonly image: ImageRef;
  /** The whole state after the scene. */
  readonly state: State;
  readonly createdAt: Date;
}
