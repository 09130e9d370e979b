import type { Figure } from './figure.ts';

export interface PartOptions {
  /** How often each thing is timed. */
  readonly rounds: number;
  /** Tells the person who waits what is being measured. */
  readonly say: (line: string) => void;
}

/** What one part of the bench found. */
export interface PartResult {
  /** What was measured on: inputs, settings, counts. */
  readonly setup: Readonly<Record<string, unknown>>;
  readonly figures: readonly Figure[];
}

export type Part = (options: PartOptions) => Promise<PartResult>;
