import { testQueue } from '../../contracts/queue.ts';
import { embeddedFixture } from '../../contracts/queue-fixture.ts';

testQueue('openQueue() on the embedded database', embeddedFixture);
