/** Why a running job was stopped; the reason of its signal. */
export class JobStoppedError extends Error {
  override readonly name = 'JobStoppedError';
  readonly kind: 'closing' | 'time-limit' | 'taken-over';

  constructor(kind: JobStoppedError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
