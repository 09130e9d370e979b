import type { Scene } from '#core/domain/scene.ts';
import type { FactKind, StateFact } from '#core/domain/state.ts';

/** A running scene in which nothing is said, but for what `changes` say. */
export function plainScene(changes: Partial<Scene> = {}): Scene {
  return {
    id: 'scene_1',
    tenantId: 'tenant_1',
    characterId: 'char_1',
    storyId: 'story_1',
    requestedBy: 'user_1',
    prompt: '',
    styleOverrides: [],
    pose: null,
    aspectRatio: '1:1',
    sizePx: 1024,
    seed: 1,
    refineFace: false,
    replyTo: 'cli',
    status: 'running',
    attempt: 1,
    reason: null,
    result: null,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...changes,
  };
}

/** A fact that the words of an earlier scene said. */
export function plainFact(kind: FactKind, value: string): StateFact {
  return {
    id: 'fact_1',
    kind,
    slot: '',
    value,
    firstSceneId: 'scene_0',
    lastSceneId: 'scene_0',
    evidence: { source: 'prompt', text: value },
  };
}
