import type { Box } from '../domain/face.ts';
import type { ImageRef } from '../domain/image-ref.ts';
import { applyObservations, COVERING_SLOTS } from '../domain/ledger.ts';
import type { Scene } from '../domain/scene.ts';
import { readWords } from '../domain/scene-lexicon.ts';
import type { Evidence, Observation, State, StateChange, StateFact } from '../domain/state.ts';
import { clothingColour } from '../imaging/clothing-colour.ts';
import { readPhoto } from '../imaging/read-photo.ts';
import type { Needs } from './needs.ts';

/**
 * Reads what is true after the scene, without a model: the words of the request and of the overrides by a lexicon and,
 * where no words ever said what is worn, the dominant colour of the clothing from the picture.
 */
export async function extractState(
  input: {
    readonly scene: Scene;
    readonly state: State;
    readonly image: ImageRef;
    readonly face: Box | null;
  },
  { images, signal }: Needs<'images' | 'signal'>,
): Promise<{ state: State; changes: StateChange[] }> {
  const { scene } = input;
  const said = [
    ...readSentence(scene.prompt, 'prompt'),
    ...scene.styleOverrides.flatMap((override) => readSentence(override, 'override')),
  ];
  const worded = applyObservations(input.state, said, scene);
  if (!input.face || worded.state.some(saysWhatIsWorn)) return worded;
  const seen = await readPicture(await images.get(input.image.key, signal), input.face, signal);
  return applyObservations(input.state, [...said, ...seen], scene);
}

/** Words know more of a garment than its colour: the picture is asked only when they are silent. */
function saysWhatIsWorn({ kind, slot, evidence }: StateFact): boolean {
  return kind === 'clothing' && COVERING_SLOTS.has(slot) && evidence.source !== 'picture';
}

function readSentence(sentence: string, source: 'prompt' | 'override'): Observation[] {
  return readWords(sentence).map(({ change, kind, slot, value, text }) => {
    const evidence: Evidence = { source, text };
    return { change, kind, slot, value, evidence };
  });
}

async function readPicture(bytes: Uint8Array, face: Box, signal: AbortSignal): Promise<Observation[]> {
  const seen = clothingColour(await readPhoto(bytes, signal), face);
  if (!seen) return [];
  const evidence: Evidence = { source: 'picture', text: `${seen.name} ${seen.hex}`, confidence: seen.share };
  return [{ change: 'holds', kind: 'clothing', slot: 'colour', value: `mostly ${seen.name}`, evidence }];
}
