import type { IdentityVerdict, NotScoredReason } from '../domain/identity.ts';

const REASON_LINES: Record<NotScoredReason, string> = {
  'no-face': 'Show the face of the character, uncovered and towards the camera.',
  profile: 'Turn the face of the character towards the camera.',
  'too-small': 'Frame the character closer, so that the face fills at least a sixth of the picture height.',
  occluded: 'Nothing may cover the face of the character.',
};

/**
 * The prompt of the next take: the same text with one correction that answers what was wrong with the last one.
 * Always built from the first prompt, never from the last refined one, so corrections do not pile up.
 */
export function refinePrompt(prompt: string, verdict: IdentityVerdict): string {
  const line =
    verdict.kind === 'n/a'
      ? REASON_LINES[verdict.reason]
      : 'The face must be the very person of the identity reference: same bone structure, eyes, nose, mouth and skin; copy them exactly.';
  return `${prompt}\n- Correction: ${line}`;
}
