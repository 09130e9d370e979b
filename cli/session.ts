import { type Context, openContext } from '#core/context.ts';
import { ensureTenant, ensureUser } from '#core/stores/tenants.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import type { Vision } from '#core/vision/vision.ts';
import { startWorker } from '#core/worker.ts';
import type { Session } from './command-session.ts';
import { openRenderer } from './open-renderer.ts';
import { openVision } from './open-vision.ts';

/** Runs a command that reads and writes rows and pictures only. */
export async function withContext<Result>(
  session: Session,
  work: (context: Context, caller: Caller) => Promise<Result>,
): Promise<Result> {
  await using context = await openContext(session.config, session.log, session.signal);
  return await work(context, await localCaller(context));
}

/** Runs a command that also needs its queues worked off: here, in this process, until it is done. */
export async function withWorker<Result>(
  session: Session,
  work: (context: Context, caller: Caller, vision: Vision) => Promise<Result>,
): Promise<Result> {
  await using opened = new AsyncDisposableStack();
  const opening = openContext(session.config, session.log, session.signal).then((context) =>
    opened.use(context),
  );
  const seeing = openVision(session).then((vision) => {
    opened.defer(() => vision.close());
    return vision;
  });
  // Both are awaited to their end, so that what did open is closed when the other fails.
  const [context, vision] = await settled(opening, seeing);
  const worker = await startWorker(context, { vision, renderer: openRenderer(session.config) });
  opened.defer(() => worker.close(0));
  return await work(context, await localCaller(context), vision);
}

async function settled<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

/** On one machine the person at the keyboard is the only user of the tenant "local". */
async function localCaller({ db }: Context): Promise<Caller> {
  const tenantId = await ensureTenant(db, { platform: 'local', externalId: 'local', name: 'This machine' });
  const userId = await db.inTenant(tenantId, (tx) =>
    ensureUser(tx, { tenantId, platform: 'local', externalId: 'owner', name: 'Owner' }),
  );
  return { tenantId, userId };
}
