/** How long the queue waits for what. The defaults are for production; tests take shorter ones. */
export interface QueueTiming {
  /** Longest wait for an answer of the queue's server. */
  readonly answerMs: number;
  /** How long a job stays with a consumer that shows no sign of life. */
  readonly lockMs: number;
  /** How often consumers look for jobs whose consumer died: twice this and `lockMs` is the longest delay. */
  readonly stalledCheckMs: number;
  /** Before the second attempt; doubled before each further one, less up to half at random. */
  readonly retryDelayMs: number;
  /** What running jobs get to end by themselves when a consumer closes. */
  readonly graceMs: number;
  /** What a handler gets to end after its signal was aborted, before it is left behind. */
  readonly settleMs: number;
}

/**
 * A job whose process was killed starts again after 8 s with this lock and check, and after 58 s with BullMQ's own
 * defaults (infra measurement); in return nothing may block the event loop for 5 s.
 */
export const defaultTiming: QueueTiming = {
  answerMs: 5_000,
  lockMs: 10_000,
  stalledCheckMs: 5_000,
  retryDelayMs: 2_000,
  graceMs: 10_000,
  settleMs: 2_000,
};

/** Attempts of a job that keeps failing in a way that may pass. */
export const ATTEMPTS = 3;

/** How often a job may lose its process before it counts as the cause; BullMQ's 1 fails a job at the second deploy. */
export const MAX_STALLS = 3;
