import { openPhotoAnalyzer } from '../../gpu-worker/open-photo-analyzer.ts';
import { overheadFigure, speedFigure } from '../figure.ts';
import type { Part } from '../part.ts';
import { prepareBundledPack } from '../prepare-bundled-pack.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';
import { timeInTurns } from '../time-in-turns.ts';
import { type BenchPhoto, benchPhotos } from './bench-photos.ts';
import { type FaceApiPeer, openFaceApi } from './open-face-api.ts';
import { type Recorder, recordRuns } from './record-runs.ts';

/** face-api on WASM has one thread in Node; so have our sessions. */
const THREADS = 1;
const WARM_UPS = 2;
/** The goals: at most this many times the bare session runs, at least this many times as fast as face-api. */
const GOALS = { overhead: 1.25, speed: 2 };

/** Times the whole analysis of a photo beside its bare session runs and beside face-api on WASM. */
export const benchFaces: Part = ({ rounds, say }) =>
  inTemporaryFolder(async (dir) => {
    const pack = await prepareBundledPack(dir);
    const { opened: analyzer, record } = await recordRuns(() =>
      openPhotoAnalyzer(pack, { threads: THREADS, provider: 'cpu' }),
    );
    const peer = await openFaceApi({ minConfidence: pack.manifest.detector?.scoreThreshold ?? 0.5 });
    const photos = await benchPhotos();
    const timed: Timed[] = [];
    for (const photo of photos) {
      say(`faces: ${photo.file} at ${photo.sidePx} px, ${rounds} rounds`);
      timed.push(await timePhoto(photo, { analyzer, record, peer, rounds }));
    }
    await analyzer.close();
    return {
      setup: {
        pack: pack.manifest.name,
        threads: THREADS,
        rounds,
        photos: [...new Set(photos.map(({ file }) => file))],
      },
      figures: [...Map.groupBy(timed, ({ sidePx }) => sidePx)].flatMap(([sidePx, ofSize]) =>
        figures(sidePx, ofSize),
      ),
    };
  });

interface Timed {
  readonly sidePx: number;
  /** Medians, ms. */
  readonly whole: number;
  readonly sessions: number;
  readonly peer: number;
}

interface Needs {
  readonly analyzer: Awaited<ReturnType<typeof openPhotoAnalyzer>>;
  readonly record: Recorder;
  readonly peer: FaceApiPeer;
  readonly rounds: number;
}

async function timePhoto({ file, sidePx, jpeg }: BenchPhoto, needs: Needs): Promise<Timed> {
  const { analyzer, record, peer, rounds } = needs;
  const analyze = () => analyzer.analyze(jpeg, AbortSignal.timeout(60_000));
  const sessions = await record(analyze);
  const found = { ours: (await analyze()).faces.length, peer: await peer.analyze(jpeg) };
  if (found.ours !== 1 || found.peer !== 1)
    throw new Error(`${file} at ${sidePx} px must show one face; ${JSON.stringify(found)} were found`);
  const ways = { whole: analyze, sessions, peer: () => peer.analyze(jpeg) };
  return { sidePx, ...(await timeInTurns(ways, { rounds, warmUps: WARM_UPS })) };
}

function figures(sidePx: number, timed: readonly Timed[]) {
  const mean = (of: 'whole' | 'sessions' | 'peer') =>
    timed.reduce((sum, one) => sum + one[of], 0) / timed.length;
  const value = mean('whole');
  return [
    overheadFigure(`whole analysis of a ${sidePx} px photo over its session runs`, {
      value,
      floor: { name: 'the same sessions on the same tensors, alone', value: mean('sessions') },
      limit: GOALS.overhead,
    }),
    speedFigure(`whole analysis of a ${sidePx} px photo beside face-api`, {
      value,
      peer: { name: '@vladmandic/face-api 1.7.15 on WASM (SIMD, one thread)', value: mean('peer') },
      limit: GOALS.speed,
    }),
  ];
}
