import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Calibration } from '#core/domain/encoder.ts';
import { InvalidRequestError, StorageError } from '#core/errors.ts';
import { type Evaluation, evaluatePairs } from '#core/evaluation/evaluate-pairs.ts';
import { histogramSvg } from '#core/evaluation/histogram-svg.ts';
import { readPairs } from '#core/evaluation/read-pairs.ts';
import { openPhotoAnalyzer } from '#gpu-worker/open-photo-analyzer.ts';
import { saveCalibration } from '#models/calibration-file.ts';
import type { Manifest } from '#models/manifest.ts';
import type { Session } from './command-session.ts';
import { openOrPrepare } from './ready-pack.ts';

export interface EvaluateOptions {
  readonly pairs: string;
  readonly root: string;
  readonly encoder?: string;
  readonly plot?: string;
  readonly save?: true;
}

/** Runs `idlock evaluate`: a pack needs no calibration to be measured, since this is what makes one. */
export async function runEvaluation(options: EvaluateOptions, session: Session): Promise<Evaluation> {
  const { config, terminal, signal } = session;
  const pairs = readPairs(await readText(options.pairs));
  const pack = await openOrPrepare(options.encoder ?? config.models.encoder, session);
  const encoder = pack.manifest.faceEncoder;
  if (!encoder)
    throw new InvalidRequestError(`The pack "${pack.manifest.name}" measures no faces: choose another`);

  const analyzer = await openPhotoAnalyzer(pack, config.vision);
  try {
    const source = `${pairs.length} pairs of ${basename(options.pairs)}, idlock evaluate`;
    const { evaluation, scored } = await evaluatePairs(
      { pairs, root: options.root, encoder, source },
      {
        vision: analyzer,
        signal,
        onProgress: (done, total) => terminal.progress(`  ${done} of ${total} photos`),
      },
    );
    terminal.settle();
    if (options.plot)
      await writePlot(options.plot, histogramSvg(scored, { title: encoder.id, ...withBands(encoder) }));
    if (options.save) await save(pack.manifest, evaluation, config.models.directory);
    return evaluation;
  } finally {
    await analyzer.close();
  }
}

function withBands({ calibration }: { calibration?: Calibration | undefined }): {
  calibration?: Calibration;
} {
  return calibration ? { calibration } : {};
}

async function save(pack: Manifest, { fitted }: Evaluation, modelsDir: string): Promise<void> {
  if (!fitted)
    throw new InvalidRequestError('There are too few pairs to calibrate on: 20 of each kind at least');
  await saveCalibration(pack, fitted, modelsDir);
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InvalidRequestError(`Cannot read the pairs from "${path}": check the path`, { cause });
  });
}

async function writePlot(path: string, svg: string): Promise<void> {
  await writeFile(path, svg).catch((cause: unknown) => {
    throw new StorageError(`Cannot write the plot to "${path}": check the folder and its permissions`, {
      cause,
    });
  });
}
