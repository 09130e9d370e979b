import type { Band } from '#core/domain/identity.ts';

export type ShownBand = Band | 'n/a';

/** One colour a band, told apart by lightness too; used on the contact sheet, the story page and its chart. */
export const BAND_COLOURS: Readonly<Record<ShownBand, string>> = {
  strong: '#4fb58a',
  moderate: '#e3b04b',
  weak: '#d9634f',
  'n/a': '#8a90a0',
};
