import type { TenantId, UserId } from '../domain/ids.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import type { Database } from '../stores/database.ts';

/** What a use-case may touch: rows, pictures and the queue; never the pipeline, a model or a renderer. */
export interface Doorway {
  readonly db: Database;
  readonly queue: Queue;
  readonly images: ImageStore;
  readonly log: Log;
}

/** Who asks. Doors resolve it from the platform's identity; nothing is looked up outside this tenant. */
export interface Caller {
  readonly tenantId: TenantId;
  readonly userId: UserId;
}
