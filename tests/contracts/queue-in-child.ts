// A process that enqueues one job, takes it, says so and never finishes: what a test kills. argv: place, timing, job id.

import { scene } from './queue.ts';
import { openPlace } from './queue-fixture.ts';

const [place = '', timing = '', jobId = ''] = process.argv.slice(2);
const { queue } = await openPlace(JSON.parse(place), JSON.parse(timing));
await queue.enqueue('scenes', jobId, scene(jobId));
await queue.consume(
  'scenes',
  async () => {
    process.send?.('started');
    await new Promise(() => undefined);
  },
  { concurrency: 1, timeLimitMs: 3_600_000 },
);
