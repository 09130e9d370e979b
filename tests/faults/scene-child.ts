/**
 * A process that draws one scene and may kill itself on the way: `node scene-child.ts <home> <step> <started|saved>`.
 * Without a step it works until nothing is open and prints what the scenes left, as JSON. Every render is one line in
 * `<home>/renders`.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { readConfig } from '#core/config.ts';
import { openContext } from '#core/context.ts';
import { openLog } from '#core/log.ts';
import { ensureTenant, ensureUser } from '#core/stores/tenants.ts';
import { createCharacter } from '#core/use-cases/create-character.ts';
import { followEnrolment, followScene } from '#core/use-cases/follow.ts';
import { listCharacters } from '#core/use-cases/list-characters.ts';
import { requestScene } from '#core/use-cases/request-scene.ts';
import { showCharacter } from '#core/use-cases/show-character.ts';
import { startWorker } from '#core/worker.ts';
import { colourPicture, colourRenderer } from '#tests/fakes/colour-renderer.ts';
import { colourVision } from '#tests/fakes/colour-vision.ts';

const [home = '', step, phase] = process.argv.slice(2);
const config = readConfig({ IDLOCK_HOME: home, IDLOCK_LOG_LEVEL: 'silent' });
const { signal } = new AbortController();
await using context = await openContext(config, openLog(config.log));

const dieAt = (when: string) => (name: string) => {
  if (name === step && phase === when) process.kill(process.pid, 'SIGKILL');
};
const renderer = colourRenderer(() => {
  appendFileSync(join(home, 'renders'), 'render\n');
  return 'red';
});
await using _worker = await startWorker(context, {
  vision: colourVision(),
  renderer,
  observer: { started: dieAt('started'), saved: dieAt('saved') },
});

const tenantId = await ensureTenant(context.db, { platform: 'local', externalId: 'faults', name: 'faults' });
const userId = await context.db.inTenant(tenantId, (tx) =>
  ensureUser(tx, { tenantId, platform: 'local', externalId: 'someone', name: 'Someone' }),
);
const caller = { tenantId, userId };
if ((await listCharacters(caller, context)).length === 0) {
  const consent = { policyVersion: 'test', textHash: 'test' };
  const photos = [await colourPicture('red')];
  const created = await createCharacter({ name: 'Mira', photos, consent }, caller, context, signal);
  await followEnrolment(created.id, caller, context, signal);
}
if (step)
  await requestScene(
    { character: 'Mira', prompt: `dies at ${step}`, replyTo: 'cli' },
    caller,
    context,
    signal,
  );
for (const { id } of (await showCharacter('Mira', caller, context)).scenes) {
  await followScene(id, caller, context, { signal });
}
if (!step) {
  const { rows } = await context.db.inTenant(tenantId, (tx) =>
    sql`select
      (select count(*)::int from scenes where status = 'success') as success,
      (select count(*)::int from episodes) as episodes,
      (select count(*)::int from usage_log) as charges,
      (select count(*)::int from notices) as notices,
      (select count(*)::int from vectors where role = 'episode-face') as vectors,
      (select count(*)::int from takes) as takes,
      (select coalesce(max(scene_index), 0) from episodes) as heads`.execute(tx),
  );
  process.stdout.write(JSON.stringify(rows[0]));
}
