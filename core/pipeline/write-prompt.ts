import type { FactKind, State } from '../domain/state.ts';
import type { Brief } from './merge-memory.ts';

/** They stand in every prompt, whatever the request says. */
export const NEGATIVE_TOKENS =
  'changing face, morphing identity, different clothes, watermark, text, extra limbs, distorted eyes';

const MASTER_STYLE_GUIDE =
  'Cinematic still, natural light that fits the place and hour, realistic skin and fabric, one clear subject, ' +
  'uncluttered background, consistent colours from scene to scene.';

const STATE_ORDER: readonly FactKind[] = ['clothing', 'injury', 'prop', 'mood', 'place', 'time', 'weather'];

/**
 * Fills the fixed template of a scene's prompt. Pure and deterministic: the same brief gives the same text, and
 * every value from a person or from memory stays on its own line, so it cannot pose as a section of the template.
 */
export function writePrompt(brief: Brief): string {
  const { scene, sheet } = brief;
  return [
    '[MASTER_STYLE_GUIDE]',
    MASTER_STYLE_GUIDE,
    '',
    '[CHARACTER_SHEET]',
    `Name: ${fenced(brief.name)}`,
    `Face: ${fenced(sheet.face) || 'exactly as in the identity reference'} -- do not alter facial proportions, eye color, or placement`,
    `Hair: ${fenced(sheet.hair) || 'as in the identity reference'}`,
    `Distinctives: ${fenced(sheet.distinctives) || 'none beyond the identity reference'}`,
    `SemanticTags: ${sheet.tags.map(fenced).join(', ') || 'none'}`,
    '',
    '[RECENT_STATE]',
    ...recentState(brief),
    '',
    '[USER_SCENE]',
    fenced(scene.prompt),
    ...(scene.styleOverrides.length > 0
      ? [`Wearing or showing: ${scene.styleOverrides.map(fenced).join(', ')}`]
      : []),
    '',
    '[CONSTRAINTS]',
    '- Never change facial structure or eye color.',
    '- Do not merge identity with background characters.',
    '- Keep everything under "Now" unless the scene changes it.',
    `- Negative tokens: ${NEGATIVE_TOKENS}`,
    `- Final output: one photorealistic image, ${scene.aspectRatio}, ${scene.sizePx} px on the longer side`,
  ].join('\n');
}

function recentState({ episodes, state }: Brief): string[] {
  if (episodes.length === 0 && state.length === 0) return ['Nothing yet: this is the first scene.'];
  return [
    ...episodes.map(({ sceneIndex, text }) => `Scene ${sceneIndex}: ${fenced(text)}`),
    ...(state.length > 0 ? [`Now: ${stateLine(state)}`] : []),
  ];
}

/** The state in words, for example "clothing: torn red cloak, boots; injury: cut on the left arm". */
export function stateLine(state: State): string {
  return STATE_ORDER.flatMap((kind) => {
    const values = state.filter((fact) => fact.kind === kind).map(({ value }) => fenced(value));
    return values.length > 0 ? [`${kind}: ${values.join(', ')}`] : [];
  }).join('; ');
}

/** One line of plain words: section brackets and line breaks cannot survive in it. */
function fenced(text: string): string {
  return text.replaceAll(/[[\]]/g, '').replaceAll(/\s+/g, ' ').trim();
}
