import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Figure, limitFigure } from '../figure.ts';
import type { Part } from '../part.ts';
import { median, quantile } from '../quantile.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';
import { preparePictures } from './prepared-renderer.ts';
import { runNode } from './run-node.ts';
import { timeColdStarts } from './time-cold-starts.ts';
import type { TimedScene } from './time-scenes.ts';

const CHARACTER = 'Mira';
const PHOTOS = [1, 2, 3].map((n) => path.join(import.meta.dirname, `../../assets/mira/${n}.jpg`));
/** Scenes that count for nothing: code is compiled and caches fill. */
const WARM_UPS = 10;
const SCENES_PER_ROUND = 3;
const COLD_STARTS = 5;
/** Memory is that after this many scenes. */
const MEMORY_AFTER = 20;
/** The goals. */
const LIMITS = { p50: 60, p95: 150, coldStart: 4000, memoryMb: 600 };

/** Times what a scene costs beside rendering and the networks, and how soon and how large a worker stands. */
export const benchScene: Part = ({ rounds, say }) =>
  inTemporaryFolder(async (dir) => {
    const [home, pictures] = [path.join(dir, 'home'), path.join(dir, 'pictures')];
    say('scene: enrolling a character');
    const photos = PHOTOS.flatMap((photo) => ['--photo', photo]);
    await runNode(['cli.ts', 'character', 'create', CHARACTER, ...photos, '--consent'], home);
    say(`scene: ${COLD_STARTS} cold starts`);
    const coldStarts = await timeColdStarts(CHARACTER, { home, count: COLD_STARTS });

    const count = Math.max(MEMORY_AFTER + 1, WARM_UPS + rounds * SCENES_PER_ROUND);
    say(`scene: ${count} scenes with a renderer that answers at once`);
    await mkdir(pictures);
    await preparePictures(PHOTOS[0] ?? '', { dir: pictures, count });
    const process = path.join(import.meta.dirname, 'scene-process.ts');
    const { stdout } = await runNode([process, CHARACTER, pictures, String(count)], home);
    const scenes: TimedScene[] = JSON.parse(stdout);
    const warm = scenes.slice(WARM_UPS);
    return {
      setup: { scenes: warm.length, warmUps: WARM_UPS, coldStarts: COLD_STARTS, mediansMs: breakdown(warm) },
      figures: figuresOf(warm, {
        coldStarts,
        memoryMb: scenes.slice(MEMORY_AFTER).map(({ rssMb }) => rssMb),
      }),
    };
  });

function figuresOf(
  warm: readonly TimedScene[],
  { coldStarts, memoryMb }: { readonly coldStarts: readonly number[]; readonly memoryMb: readonly number[] },
): Figure[] {
  const overheads = warm.map(overheadOf);
  const [p50, p95] = [median(overheads), quantile(overheads, 0.95)];
  const coldStart = median(coldStarts);
  const largest = Math.max(...memoryMb);
  return [
    limitFigure('overhead of a scene, p50', { value: p50, unit: 'ms', limit: LIMITS.p50 }),
    limitFigure('overhead of a scene, p95', { value: p95, unit: 'ms', limit: LIMITS.p95 }),
    limitFigure('cold start to first scene taken from the queue', {
      value: coldStart,
      unit: 'ms',
      limit: LIMITS.coldStart,
    }),
    limitFigure(`memory of a worker after ${MEMORY_AFTER} scenes`, {
      value: largest,
      unit: 'MB',
      limit: LIMITS.memoryMb,
    }),
  ];
}

function overheadOf({ wall, render, model }: TimedScene): number {
  return wall - render - model;
}

/** Where the time of a scene goes: all of it, the parts that are no overhead, and each step (whole, with its share of those). */
function breakdown(scenes: readonly TimedScene[]): Record<string, number> {
  const of = (read: (scene: TimedScene) => number) => Math.round(median(scenes.map(read)) * 10) / 10;
  const names = Object.keys(scenes[0]?.steps ?? {});
  return {
    wall: of(({ wall }) => wall),
    render: of(({ render }) => render),
    model: of(({ model }) => model),
    betweenSteps: of(({ wall, steps }) => wall - Object.values(steps).reduce((sum, ms) => sum + ms, 0)),
    ...Object.fromEntries(names.map((name) => [`step ${name}`, of(({ steps }) => steps[name] ?? 0)])),
  };
}
