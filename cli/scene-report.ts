import type { IdentityVerdict } from '#core/domain/identity.ts';
import type { Scene } from '#core/domain/scene.ts';
import type { ImageStore } from '#core/image-store/image-store.ts';
import type { SceneView } from '#core/use-cases/get-scene.ts';
import { formatConfidence } from './format-confidence.ts';
import type { Terminal } from './terminal.ts';

const BAND_COLOURS = { strong: 'green', moderate: 'yellow', weak: 'red' } as const;

/** A scene as every `--json` prints it. */
export function sceneDocument({ scene, steps }: Pick<SceneView, 'scene' | 'steps'>, images: ImageStore) {
  const { result } = scene;
  return {
    id: scene.id,
    prompt: scene.prompt,
    status: scene.status,
    ...verdictFields(scene),
    state: (result?.state ?? []).map(({ kind, slot, value, firstSceneId, evidence }) => ({
      kind,
      slot,
      value,
      since: firstSceneId,
      evidence,
    })),
    changes: (result?.changes ?? []).map(({ change, fact }) => ({
      change,
      kind: fact.kind,
      value: fact.value,
    })),
    image: result ? images.locate(result.image.key) : null,
    takes: result?.takes ?? 0,
    ms: Object.fromEntries(steps.map(({ name, ms }) => [name, ms])),
  };
}

function verdictFields({ result, reason }: Scene) {
  const verdict = result?.verdict;
  if (verdict?.kind !== 'scored') {
    return { idr: null, confidence: null, band: 'n/a', reason: verdict?.reason ?? reason ?? 'not drawn' };
  }
  const { idr, confidence, band } = verdict;
  return { idr: round(idr), confidence: round(confidence), band, ...(reason ? { reason } : {}) };
}

/** Prints a scene for a person: the score first, then what changed, then where the picture lies. */
export function printScene(view: SceneView, images: ImageStore, terminal: Terminal): void {
  const { scene, steps } = view;
  terminal.line(terminal.bold(scene.prompt));
  if (!scene.result) {
    terminal.line(terminal.colour('red', `  ${scene.status}: ${scene.reason ?? 'no reason given'}`));
    return;
  }
  terminal.line(`  ${verdictLine(scene.result.verdict, terminal)}${scene.reason ? `  ${scene.reason}` : ''}`);
  const news = scene.result.changes.map(
    ({ change, fact }) => `${change === 'begins' ? '+' : '-'} ${fact.kind}: ${fact.value}`,
  );
  terminal.line(`  state    ${news.length > 0 ? news.join(', ') : 'nothing new'}`);
  terminal.line(`  picture  ${images.locate(scene.result.image.key)}`);
  const total = steps.reduce((sum, { ms }) => sum + ms, 0);
  terminal.line(terminal.dim(`  ${total} ms  ${steps.map(({ name, ms }) => `${name} ${ms}`).join(' · ')}`));
}

/** "IDR 0.82  strong  confidence 99 %", or why there is none. */
export function verdictLine(verdict: IdentityVerdict, terminal: Terminal): string {
  if (verdict.kind === 'n/a') return `IDR n/a (${verdict.reason})`;
  const { idr, band, confidence } = verdict;
  return `IDR ${idr.toFixed(2)}  ${terminal.colour(BAND_COLOURS[band], band)}  confidence ${formatConfidence(confidence)}`;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
