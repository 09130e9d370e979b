import type { Box, FaceQuality, FivePoints } from './face.ts';
import type { CharacterId, ReferenceId, TenantId, UserId } from './ids.ts';
import type { ImageRef } from './image-ref.ts';

/** Canonical traits, in words. What is empty is left out of prompts; nothing here is ever invented. */
export interface CharacterSheet {
  readonly description: string;
  readonly face: string;
  readonly hair: string;
  readonly distinctives: string;
  readonly tags: readonly string[];
}

export const EMPTY_SHEET: CharacterSheet = {
  description: '',
  face: '',
  hair: '',
  distinctives: '',
  tags: [],
};

/** `enrolling` until the identity worker has read the photos; `frozen` after a report or a withdrawn consent. */
export type CharacterStatus = 'enrolling' | 'ready' | 'failed' | 'frozen';

export interface Character {
  readonly id: CharacterId;
  readonly tenantId: TenantId;
  readonly ownerId: UserId;
  readonly name: string;
  readonly sheet: CharacterSheet;
  readonly status: CharacterStatus;
  /** Why enrolment failed, in words for the person; null otherwise. */
  readonly failure: string | null;
  /** Mean pairwise cosine of the references and its standard deviation; null with one reference. */
  readonly agreement: { readonly mean: number; readonly sd: number } | null;
  readonly createdAt: Date;
}

/** The face of a reference photo as enrolment found it; null until then. */
export interface ReferenceFace {
  readonly box: Box;
  readonly landmarks: FivePoints;
  readonly quality: FaceQuality;
}

export interface Reference {
  readonly id: ReferenceId;
  readonly characterId: CharacterId;
  readonly position: number;
  readonly image: ImageRef;
  readonly face: ReferenceFace | null;
  readonly createdAt: Date;
}

/** What the person agreed to before any face was measured. */
export interface ConsentText {
  readonly policyVersion: string;
  /** sha256 of the full text shown, hex. */
  readonly textHash: string;
}
