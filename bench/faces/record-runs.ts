import { InferenceSession } from 'onnxruntime-node';

/** Runs again what was recorded: the same sessions on the same tensors, and nothing else. */
export type Replay = () => Promise<void>;

/** Does `work` once and keeps what it ran. */
export type Recorder = (work: () => Promise<unknown>) => Promise<Replay>;

/**
 * Opens something that makes ONNX Runtime sessions, and can record what is run on them.
 *
 * `InferenceSession.create` is wrapped while `open` works: the product's own code is measured as it is.
 */
export async function recordRuns<Opened>(
  open: () => Promise<Opened>,
): Promise<{ readonly opened: Opened; readonly record: Recorder }> {
  let recorded: Replay[] | undefined;
  const create = InferenceSession.create;
  InferenceSession.create = async (...args: unknown[]) => {
    const session: InferenceSession = await Reflect.apply(create, InferenceSession, args);
    const run = session.run.bind(session);
    session.run = (feeds: InferenceSession.FeedsType) => {
      recorded?.push(async () => {
        await run(feeds);
      });
      return run(feeds);
    };
    return session;
  };
  const record: Recorder = async (work) => {
    const runs: Replay[] = [];
    recorded = runs;
    await work();
    recorded = undefined;
    return async () => {
      for (const again of runs) await again();
    };
  };
  return {
    opened: await open().finally(() => {
      InferenceSession.create = create;
    }),
    record,
  };
}
