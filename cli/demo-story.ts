import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CharacterSheet } from '#core/domain/character.ts';

const PORTRAITS = join(import.meta.dirname, '..', 'assets', 'mira');

/** The drawn portraits of the project's own demo character, in order. */
export async function demoPhotos(): Promise<string[]> {
  const files = await readdir(PORTRAITS);
  return files
    .filter((file) => file.endsWith('.jpg'))
    .sort()
    .map((file) => join(PORTRAITS, file));
}

/** The description marks the demo's own character, so that running the demo again may replace it. */
export const DEMO_SHEET: CharacterSheet = {
  description: 'Character of the idlock demo',
  face: '',
  hair: '',
  distinctives: '',
  tags: [],
};

/** Three scenes that show memory: the torn cloak of the first is still worn in the others. */
export const DEMO_SCENES: readonly string[] = [
  'stands on a sea cliff at sunset, wearing a torn red cloak',
  'walks through a snowy forest at night, carrying a lantern, with a scratch on her cheek',
  'rests in a warm tavern in the evening, smiling; the scratch has healed',
];
