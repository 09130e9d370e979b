import type { Settings } from '../domain/settings.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Log } from '../log.ts';
import type { Renderer } from '../renderer/renderer.ts';
import type { Database } from '../stores/database.ts';
import type { Vision } from '../vision/vision.ts';

/** Everything a step may touch; each step's signature names its part of it. */
export interface Ports {
  readonly db: Database;
  readonly images: ImageStore;
  readonly vision: Vision;
  readonly renderer: Renderer;
  readonly settings: Settings;
  readonly log: Log;
  /** Aborted when the job must stop: time limit, shutdown, cancellation. */
  readonly signal: AbortSignal;
}

export type Needs<Name extends keyof Ports> = Pick<Ports, Name>;
