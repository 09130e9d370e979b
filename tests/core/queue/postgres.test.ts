import { testQueue } from '../../contracts/queue.ts';
import { postgresFixture } from '../../contracts/queue-fixture.ts';

testQueue('openQueue() on Postgres', postgresFixture);
