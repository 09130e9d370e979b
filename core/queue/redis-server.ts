import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { QueueServer } from './queue-server.ts';

/** Makes the connection to Redis; it comes back by itself when it drops. All keys begin with `prefix`. */
export function redisServer(
  { url, prefix, answerMs }: { url: string; prefix: string; answerMs: number },
  onError: (error: Error) => void,
): QueueServer {
  const connect = () =>
    // `null`: BullMQ repeats commands over a reconnect; who waits for them has a limit of its own.
    new Redis(url, { maxRetriesPerRequest: null, connectTimeout: answerMs, keepAlive: 10_000 });
  const redis = connect().on('error', onError);

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
    openWorker(name, process, options) {
      const all: Redis[] = [];
      const connection = tracked(connect(), all);
      return {
        worker: new Worker(name, process, { ...options, connection, prefix }),
        abandon() {
          for (const each of all) each.disconnect();
        },
      };
    },
    async close() {
      redis.disconnect();
    },
  };
}

/**
 * Adds a connection, and those that BullMQ makes from it, to `all`, and mends what keeps a worker from closing while
 * Redis is away: told to disconnect between two attempts to connect, ioredis 6.0 never says 'end', for which BullMQ waits.
 */
function tracked(redis: Redis, all: Redis[]): Redis {
  const [disconnect, duplicate] = [redis.disconnect.bind(redis), redis.duplicate.bind(redis)];
  redis.disconnect = (reconnect) => {
    if (redis.status === 'reconnecting' && !reconnect) redis.connect().catch(() => undefined);
    disconnect(reconnect);
  };
  redis.duplicate = (override) => tracked(duplicate(override), all);
  redis.on('error', () => undefined); // BullMQ reports its errors, until it lets go
  all.push(redis);
  return redis;
}
