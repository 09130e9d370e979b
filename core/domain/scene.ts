import type { AspectRatio } from './aspect-ratio.ts';
import type { IdentityVerdict } from './identity.ts';
import type { CharacterId, EpisodeId, SceneId, StoryId, TakeId, TenantId, UserId } from './ids.ts';
import type { ImageRef } from './image-ref.ts';
import type { StateFact } from './state.ts';

/** Statuses as every door shows them; the last four are terminal. */
export const SCENE_STATUSES = [
  'queued',
  'running',
  'success',
  'needs_more_refs',
  'failed',
  'cancelled',
] as const;
export type SceneStatus = (typeof SCENE_STATUSES)[number];

export function isTerminal(status: SceneStatus): boolean {
  return status !== 'queued' && status !== 'running';
}

/** What was asked for, checked and complete. */
export interface SceneRequest {
  readonly characterId: CharacterId;
  readonly storyId: StoryId;
  readonly requestedBy: UserId;
  readonly prompt: string;
  readonly styleOverrides: readonly string[];
  readonly pose: ImageRef | null;
  readonly aspectRatio: AspectRatio;
  /** Longer side, px. */
  readonly sizePx: number;
  readonly seed: number;
  /** Refine even when the identity held. */
  readonly refineFace: boolean;
  /** Where the notice goes: `cli`, `discord/<channel>/<thread>`, a web hook. */
  readonly replyTo: string;
}

export interface Scene extends SceneRequest {
  readonly id: SceneId;
  readonly tenantId: TenantId;
  readonly status: SceneStatus;
  /** How often a worker has started on it. */
  readonly attempt: number;
  /** Why it failed, or why it needs more references, in words for the person; null otherwise. */
  readonly reason: string | null;
  readonly result: SceneResult | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One rendered attempt at a scene. */
export interface Take {
  readonly id: TakeId;
  readonly number: number;
  readonly image: ImageRef;
  readonly verdict: IdentityVerdict;
  readonly seed: number;
  readonly renderer: string;
  readonly costUsd: number;
}

/** What a finished scene shows: kept on the scene row, so every door prints the same. */
export interface SceneResult {
  readonly image: ImageRef;
  readonly verdict: IdentityVerdict;
  readonly takes: number;
  /** What drew it. */
  readonly renderer: string;
  readonly episodeId: EpisodeId;
  /** The state after this scene. */
  readonly state: readonly StateFact[];
  /** What this scene changed, in order: facts that began or ended. */
  readonly changes: readonly { readonly change: 'begins' | 'ends'; readonly fact: StateFact }[];
  readonly costUsd: number;
}

/**
 * The better of two takes: a scored one beats an unscored one, then the higher IDR; a tie keeps the earlier.
 */
export function betterTake(best: Take | undefined, take: Take): Take {
  if (!best) return take;
  return scoreOf(take) > scoreOf(best) ? take : best;
}

function scoreOf({ verdict }: Take): number {
  return verdict.kind === 'scored' ? verdict.idr : Number.NEGATIVE_INFINITY;
}
