import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelPackError } from '#core/errors.ts';

// What goes wrong is thrown in our words; the library's own lines on stderr would only frighten.
env.logLevel = 'fatal';

export interface SessionOptions {
  /** Threads inside one run; 1 or 2 is best where several runs share the machine. */
  readonly threads: number;
  readonly provider: 'cpu' | 'cuda';
}

/** Numbers with a shape, batch first. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** Pixels as a decoder gives them, with a shape. */
export interface ByteTensor {
  readonly data: Uint8Array;
  readonly shape: readonly number[];
}

/** A loaded network with one input. */
export interface Session {
  /** Runs the network and gives its outputs by name. */
  run(input: FloatTensor | ByteTensor): Promise<ReadonlyMap<string, FloatTensor>>;
  /** The batch size the network was written for, or undefined when it takes any. */
  readonly fixedBatch: number | undefined;
  close(): Promise<void>;
}

/**
 * Loads an ONNX file.
 *
 * @throws {ModelPackError} when the file is no model that runs here, or the provider is not installed.
 */
export async function openSession(file: string, { threads, provider }: SessionOptions): Promise<Session> {
  const session = await InferenceSession.create(file, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Planned memory is kept between runs: 45 MB resident for the bundled pack, and no faster (measured).
    enableMemPattern: false,
    logSeverityLevel: 3,
    // Threads that spin while they wait cost several-fold throughput on a busy machine (measured on two cores).
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }).catch((cause: unknown) => Promise.reject(notLoaded(cause, provider)));

  const inputName = session.inputNames[0] ?? '';
  const [input] = session.inputMetadata;
  const batch = input?.isTensor ? input.shape[0] : undefined;
  return {
    fixedBatch: typeof batch === 'number' && batch > 0 ? batch : undefined,
    async run({ data, shape }) {
      const tensor =
        data instanceof Uint8Array ? new Tensor('uint8', data, shape) : new Tensor('float32', data, shape);
      const outputs = await session.run({ [inputName]: tensor });
      return new Map(Object.entries(outputs).map(([name, tensor]) => [name, floatsOf(name, tensor)]));
    },
    close: () => session.release(),
  };
}

function floatsOf(name: string, { data, dims }: Tensor): FloatTensor {
  if (data instanceof Float32Array) return { data, shape: dims };
  throw new ModelPackError(`The model gives no float numbers in "${name}"; prepare its pack again`);
}

function notLoaded(cause: unknown, provider: SessionOptions['provider']): ModelPackError {
  return provider === 'cuda'
    ? new ModelPackError(
        'The model cannot run on CUDA here: install the CUDA files of onnxruntime-node and CUDA 12 with cuDNN 9, or run on the CPU',
        { cause },
      )
    : new ModelPackError('A model file cannot be loaded; remove its pack and prepare it again', { cause });
}
