import { createHash } from 'node:crypto';
import type { ConsentText } from '#core/domain/character.ts';

/** The text a person agrees to with --consent; a change of a word is a new version. */
export const CONSENT_TEXT = [
  'I am the adult person in these photos, or I have the written consent of that adult person, or the person is fictional.',
  'IDLock measures the face (a biometric vector) only to draw this character and to score how well the face held.',
  'Photos, vectors and pictures stay with this installation until the character is forgotten; forgetting erases them all.',
].join('\n');

export const CONSENT: ConsentText = {
  policyVersion: '2026-11',
  textHash: createHash('sha256').update(CONSENT_TEXT).digest('hex'),
};
