import { betterTake, type Scene, type SceneResult, type Take } from '../domain/scene.ts';
import { RenderError } from '../errors.ts';
import { insertTake } from '../stores/takes.ts';
import { extractState } from './extract-state.ts';
import { type Ending, finishScene } from './finish-scene.ts';
import { markResult } from './mark-result.ts';
import { type Brief, mergeMemory } from './merge-memory.ts';
import type { Ports } from './needs.ts';
import { refinePrompt } from './refine-prompt.ts';
import { remember } from './remember.ts';
import { type Rendered, renderTake } from './render-take.ts';
import { type Memory, retrieveMemory } from './retrieve-memory.ts';
import { type ScoredPicture, scoreIdentity } from './score-identity.ts';
import type { Step } from './step.ts';
import { writePrompt } from './write-prompt.ts';

/** The way of a scene: a straight line of named steps, each saved under its name. */
export async function generateScene(scene: Scene, needs: Ports, step: Step): Promise<void> {
  const memory = await step('retrieve-memory', () => retrieveMemory(scene, needs));
  const brief = mergeMemory(scene, memory);
  const prompt = await step('write-prompt', async () => writePrompt(brief));

  const { best, scored, takes, costUsd } = await drawTakes({ brief, prompt, memory }, needs, step);

  const face = scored.face?.box ?? null;
  const { state, changes } = await step('extract-state', () =>
    extractState({ scene, state: memory.state, image: best.image, face }, needs),
  );
  const [episode, image] = await Promise.all([
    step('remember', () => remember({ scene, best, scored, state, changes }, needs)),
    step('mark', () => markResult({ scene, image: best.image }, needs)),
  ]);
  const news = changes.flatMap(({ change, fact }) => (change === 'continues' ? [] : [{ change, fact }]));
  const result: SceneResult = {
    image,
    verdict: best.verdict,
    takes,
    renderer: best.renderer,
    episodeId: episode.id,
    state,
    changes: news,
    costUsd,
  };
  await step('notify', () => finishScene(scene, endingOf(result, needs), needs));
}

/** Draws, scores and refines, up to the tenant's bound; keeps the best take. */
async function drawTakes(
  input: { brief: Brief; prompt: string; memory: Memory },
  needs: Ports,
  step: Step,
): Promise<{ best: Take; scored: ScoredPicture; takes: number; costUsd: number }> {
  const { brief, memory } = input;
  const { settings } = needs;
  let best: Take | undefined;
  let bestScored: ScoredPicture | undefined;
  let prompt = input.prompt;
  let costUsd = 0;
  let takes = 0;
  while (takes < settings.maxTakes) {
    const number = takes + 1;
    const outcome = await step(`render-${number}`, () => renderTake({ brief, prompt, number }, needs));
    if (outcome.kind === 'refused') {
      if (best) break;
      throw new RenderError(`The renderer declined this scene: ${outcome.reason}. Reword it and try again`);
    }
    const { take: rendered } = outcome;
    const scored = await step(`score-${number}`, () =>
      scoreAndKeep(brief.scene, rendered, memory.identity, needs),
    );
    const take: Take = { ...rendered, verdict: scored.verdict };
    takes = number;
    costUsd += take.costUsd;
    if (betterTake(best, take) === take) [best, bestScored] = [take, scored];
    if (isGoodEnough(best, settings.refineBelow) && !(brief.scene.refineFace && takes === 1)) break;
    prompt = refinePrompt(input.prompt, take.verdict);
  }
  if (!best || !bestScored) throw new RangeError(`Cannot draw a scene with ${settings.maxTakes} takes`);
  return { best, scored: bestScored, takes, costUsd };
}

async function scoreAndKeep(
  scene: Scene,
  rendered: Rendered,
  identity: Float32Array,
  needs: Ports,
): Promise<ScoredPicture> {
  const scored = await scoreIdentity({ image: rendered.image, identity }, needs);
  const take: Take = { ...rendered, verdict: scored.verdict };
  await needs.db.inTenant(scene.tenantId, (tx) => insertTake(tx, scene.id, take));
  return scored;
}

function isGoodEnough(take: Take | undefined, threshold: number): boolean {
  return take?.verdict.kind === 'scored' && take.verdict.confidence >= threshold;
}

/** A picture that cannot be scored is no failure: it says why instead of a number. */
function endingOf(result: SceneResult, { settings }: Pick<Ports, 'settings'>): Ending {
  const { verdict } = result;
  if (verdict.kind === 'n/a' || verdict.confidence >= settings.needsRefsBelow)
    return { status: 'success', result };
  const reason = 'The face drifted from the references: add another reference photo, or draw the scene again';
  return { status: 'needs_more_refs', reason, result };
}
