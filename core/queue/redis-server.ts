import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { QueueServer } from './queue-server.ts';

/** Makes the connection to Redis; it comes back by itself when it drops. All keys begin with `prefix`. */
export function redisServer(
  { url, prefix, answerMs }: { url: string; prefix: string; answerMs: number },
  onError: (error: Error) => void,
): QueueServer {
  // `null`: BullMQ repeats commands over a reconnect; who waits for them has a limit of its own.
  const redis = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: answerMs, keepAlive: 10_000 });
  redis.on('error', onError);

  return {
    silence:
      'The queue at REDIS_URL does not answer. Try again in a moment; if it stays like this, check that Redis is running.',
    async ready(signal) {
      if (redis.status === 'ready') return;
      await new Promise<void>((resolve) => {
        redis.once('ready', resolve);
        signal.addEventListener('abort', () => redis.off('ready', resolve), { once: true });
      });
    },
    openQueue: (name) => new Queue(name, { connection: redis, prefix }),
    openWorker: (name, process, options) =>
      new Worker(name, process, { ...options, connection: redis, prefix }),
    async close() {
      redis.disconnect();
    },
  };
}
