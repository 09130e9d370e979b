import type { CharacterId, EpisodeId, StoryId, UserId } from './ids.ts';

/** A tree of scenes of one character, with one head: the episode that the next scene follows. */
export interface Story {
  readonly id: StoryId;
  readonly characterId: CharacterId;
  readonly startedBy: UserId;
  readonly title: string;
  readonly status: 'open' | 'ended';
  /** Null until its first scene is remembered. */
  readonly headEpisodeId: EpisodeId | null;
  readonly createdAt: Date;
}
