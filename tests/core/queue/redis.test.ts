import { testQueue } from '../../contracts/queue.ts';
import { redisFixture } from '../../contracts/queue-fixture.ts';

testQueue('openQueue() on Redis', redisFixture);
