import { z } from 'zod';

/** Longest texts accepted, in characters after trimming: a prompt of 2,000 fills about 500 model tokens. */
export const TEXT_LIMITS = {
  name: 40,
  prompt: 2_000,
  trait: 300,
  override: 100,
  overrides: 8,
  tags: 12,
} as const;

/** Control and format characters (direction overrides among them); joiners stay, since scripts and emoji need them. */
const CONTROL = /(?![\n\r\t\u200c\u200d])[\p{Cc}\p{Cf}]/u;

/** Text of a person, on one or more lines: trimmed, normalised (NFC), without control or direction characters. */
export function personText(what: string, maxLength: number, minLength = 1) {
  return z
    .string({ error: `${what} must be text` })
    .max(maxLength * 4, `${what} is too long: at most ${maxLength} characters`)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(
          minLength,
          minLength <= 1 ? `${what} is empty` : `${what} needs at least ${minLength} characters`,
        )
        .max(maxLength, `${what} is too long: at most ${maxLength} characters`)
        .refine((text) => !CONTROL.test(text), `${what} holds control characters: use plain text`),
    );
}

/** A character's name: one line of letters, digits, spaces and - ' . that cannot pose as a path, an id or a mention. */
export const characterName = personText('The name', TEXT_LIMITS.name).pipe(
  z
    .string()
    .regex(
      /^[\p{L}\p{N}][\p{L}\p{M}\p{N} '’.-]*$/u,
      "The name may hold letters, digits, spaces and - ' . only, and starts with a letter or digit",
    )
    .refine((name) => !name.includes('..'), 'The name may not hold ".."'),
);
