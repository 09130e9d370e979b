import type { CharacterId, FactId, SceneId } from './ids.ts';

export const FACT_KINDS = ['clothing', 'injury', 'prop', 'mood', 'place', 'time', 'weather'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Where a fact comes from: words of the request, or the picture itself. */
export type Evidence =
  | { readonly source: 'prompt' | 'override'; readonly text: string }
  | { readonly source: 'picture'; readonly text: string; readonly confidence: number };

/** One thing that is true of a character now. */
export interface StateFact {
  readonly id: FactId;
  readonly kind: FactKind;
  /** What a new value of the same kind replaces: a body slot for clothing (`outer`, `head`), '' where one value rules. */
  readonly slot: string;
  readonly value: string;
  readonly firstSceneId: SceneId;
  readonly lastSceneId: SceneId;
  readonly evidence: Evidence;
}

export type State = readonly StateFact[];

/** What one scene says is, or is no longer, true. */
export type Observation =
  | {
      readonly change: 'holds';
      readonly kind: FactKind;
      readonly slot: string;
      readonly value: string;
      readonly evidence: Evidence;
    }
  | {
      readonly change: 'ends';
      readonly kind: FactKind;
      readonly slot: string;
      readonly value: string;
      readonly evidence: Evidence;
    };

/** One line of the append-only ledger. */
export interface StateChange {
  readonly change: 'begins' | 'continues' | 'ends';
  readonly characterId: CharacterId;
  readonly fact: StateFact;
}
