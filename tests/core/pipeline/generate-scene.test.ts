import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { RenderError } from '#core/errors.ts';
import type { Renderer } from '#core/renderer/renderer.ts';
import { cancelScene } from '#core/use-cases/cancel-scene.ts';
import { followScene } from '#core/use-cases/follow.ts';
import { forgetCharacter } from '#core/use-cases/forget-character.ts';
import { getScene } from '#core/use-cases/get-scene.ts';
import { requestScene } from '#core/use-cases/request-scene.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import { startWorker } from '#core/worker.ts';
import { colourRenderer } from '#tests/fakes/colour-renderer.ts';
import { colourVision } from '#tests/fakes/colour-vision.ts';
import { drawWith, enrolRed } from '#tests/fakes/draw-with.ts';
import { openTestContext, type TestContext } from '#tests/fakes/open-test-context.ts';

const { signal } = new AbortController();
let opened: TestContext;
let caller: Caller;
before(async () => {
  opened = await openTestContext();
  caller = await opened.caller();
});
after(() => opened[Symbol.asyncDispose]());

const hands = () => ({ context: opened.context, caller });
const count = async (table: string): Promise<number> => {
  const { rows } = await opened.context.db.inTenant(caller.tenantId, (tx) =>
    sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx),
  );
  return rows[0]?.n ?? -1;
};

test('generateScene() scores the face, keeps the state and tells it to the next prompt', async () => {
  await enrolRed('Teller', caller, opened.context);
  const renderer = colourRenderer(() => 'red');
  const [first, second] = await drawWith(
    renderer,
    [
      { character: 'Teller', prompt: 'stands on a cliff in a torn red cloak' },
      { character: 'Teller', prompt: 'walks into a tavern' },
    ],
    hands(),
  );
  assert.equal(first?.scene.status, 'success');
  assert.equal(first?.scene.result?.verdict.kind, 'scored');
  assert.ok(first?.scene.result?.state.some(({ value }) => value === 'torn red cloak'));
  assert.match(renderer.requests[1]?.prompt ?? '', /Now: clothing: torn red cloak/);
  assert.match(renderer.requests[1]?.prompt ?? '', /Scene 1: stands on a cliff/);
  assert.ok(second?.scene.result?.state.some(({ value }) => value === 'torn red cloak'));
  const steps = first?.steps.map(({ name }) => name) ?? [];
  assert.deepEqual(steps.slice(0, 5), [
    'retrieve-memory',
    'write-prompt',
    'render-1',
    'score-1',
    'extract-state',
  ]);
  // These two run side by side.
  assert.deepEqual(steps.slice(5, 7).toSorted(), ['mark', 'remember']);
  assert.deepEqual(steps.slice(7), ['notify']);
});

test('generateScene() draws again when the face drifted and keeps the best take', async () => {
  await enrolRed('Drifter', caller, opened.context);
  const colours = ['#80ff00', 'red', 'blue'];
  const renderer = colourRenderer((_, number) => colours[number - 1] ?? 'blue');
  const [view] = await drawWith(renderer, [{ character: 'Drifter', prompt: 'runs away' }], hands());
  assert.equal(view?.scene.status, 'success');
  assert.equal(view?.takes.length, 2);
  assert.match(renderer.requests[1]?.prompt ?? '', /Correction: The face must be the very person/);
  assert.notEqual(renderer.requests[0]?.seed, renderer.requests[1]?.seed);
  const { result } = view?.scene ?? {};
  assert.ok(result?.verdict.kind === 'scored' && result.verdict.idr > 0.99);
});

test('generateScene() asks for more references when no take keeps the face', async () => {
  await enrolRed('Lost', caller, opened.context);
  const renderer = colourRenderer(() => 'blue');
  const [view] = await drawWith(renderer, [{ character: 'Lost', prompt: 'runs away' }], hands());
  assert.equal(view?.scene.status, 'needs_more_refs');
  assert.equal(renderer.requests.length, 3);
  assert.match(view?.scene.reason ?? '', /add another reference/);
});

test('generateScene() says n/a with the reason when there is no face', async () => {
  await enrolRed('Ghost', caller, opened.context);
  const [view] = await drawWith(
    colourRenderer(() => 'black'),
    [{ character: 'Ghost', prompt: 'hides' }],
    hands(),
  );
  assert.equal(view?.scene.status, 'success');
  assert.deepEqual(view?.scene.result?.verdict, { kind: 'n/a', reason: 'no-face', encoder: 'fake/colour@1' });
});

test('generateScene() draws a second take on request even when the first held', async () => {
  await enrolRed('Twice', caller, opened.context);
  const renderer = colourRenderer(() => 'red');
  await drawWith(renderer, [{ character: 'Twice', prompt: 'waits', refineFace: true }], hands());
  assert.equal(renderer.requests.length, 2);
});

test('a refusal fails the scene in words, without a charge and with one notice', async () => {
  await enrolRed('Refused', caller, opened.context);
  const [charges, notices] = [await count('usage_log'), await count('notices')];
  const renderer = colourRenderer(() => ({ refusal: 'too violent' }));
  const [view] = await drawWith(renderer, [{ character: 'Refused', prompt: 'fights' }], hands());
  assert.equal(view?.scene.status, 'failed');
  assert.match(view?.scene.reason ?? '', /too violent.*Reword/);
  assert.equal(await count('usage_log'), charges);
  assert.equal(await count('notices'), notices + 1);
});

test('a renderer that fails once for a passing reason is asked again; one that fails for good is not', async () => {
  await enrolRed('Shaky', caller, opened.context);
  const passing = colourRenderer((_, number) => {
    if (number === 1) throw new RenderError('The renderer is busy: try again', { retryable: true });
    return 'red';
  });
  const [mended] = await drawWith(passing, [{ character: 'Shaky', prompt: 'waits' }], hands());
  assert.equal(mended?.scene.status, 'success');
  assert.equal(passing.requests.length, 2);

  const final = colourRenderer(() => {
    throw new RenderError('The key of the renderer is wrong: set another');
  });
  const [failed] = await drawWith(final, [{ character: 'Shaky', prompt: 'waits' }], hands());
  assert.equal(failed?.scene.status, 'failed');
  assert.match(failed?.scene.reason ?? '', /key of the renderer is wrong/);
  assert.equal(final.requests.length, 1);
});

test('a change of encoder measures the stored photos again and never mixes vectors', async () => {
  const { id } = await enrolRed('Changed', caller, opened.context);
  const other = { ...colourVision('fake/other@1') };
  const worker = await startWorker(opened.context, { vision: other, renderer: colourRenderer(() => 'red') });
  const { scene } = await requestScene(
    { character: 'Changed', prompt: 'waits', replyTo: 'test' },
    caller,
    opened.context,
    signal,
  );
  const view = await followScene(scene.id, caller, opened.context, { signal });
  await worker.close();
  assert.equal(view.scene.status, 'success');
  assert.ok(view.scene.result?.verdict.encoder === 'fake/other@1');
  const { rows } = await opened.context.db.inTenant(caller.tenantId, (tx) =>
    sql<{ encoder: string; role: string }>`select encoder, role from vectors
      where owner_id = ${id} and role <> 'episode-style' order by encoder, role`.execute(tx),
  );
  assert.deepEqual(
    rows.map(({ encoder, role }) => `${encoder} ${role}`),
    [
      'fake/colour@1 identity',
      'fake/colour@1 view',
      'fake/other@1 episode-face',
      'fake/other@1 identity',
      'fake/other@1 view',
    ],
  );
});

test('a scene that broke its workers again and again is given up', async () => {
  await enrolRed('Poison', caller, opened.context);
  const { scene } = await requestScene(
    { character: 'Poison', prompt: 'waits', replyTo: 'test' },
    caller,
    opened.context,
    signal,
  );
  await opened.context.db.inTenant(caller.tenantId, (tx) =>
    sql`update scenes set attempt = 8 where id = ${scene.id}`.execute(tx),
  );
  const [next] = await drawWith(
    colourRenderer(() => 'red'),
    [{ character: 'Poison', prompt: 'goes on' }],
    hands(),
  );
  assert.equal(next?.scene.status, 'success');
  const given = await getScene(scene.id, caller, opened.context);
  assert.equal(given.scene.status, 'failed');
  assert.match(given.scene.reason ?? '', /broke its worker/);
});

test('cancelling a running scene stops it before its next step and leaves no episode', async () => {
  await enrolRed('Stopped', caller, opened.context);
  const before = await count('episodes');
  const renderer = colourRenderer(() => 'red');
  let cancelled: Promise<unknown> | undefined;
  const [view] = await drawWith(renderer, [{ character: 'Stopped', prompt: 'waits' }], {
    ...hands(),
    observer: {
      async started(name) {
        if (name !== 'write-prompt' || cancelled) return;
        const { rows } = await opened.context.db.inTenant(caller.tenantId, (tx) =>
          sql<{ id: string }>`select id from scenes where status = 'running'`.execute(tx),
        );
        cancelled = cancelScene(rows[0]?.id ?? '', caller, opened.context);
        await cancelled;
      },
    },
  });
  assert.equal(view?.scene.status, 'cancelled');
  assert.equal(renderer.requests.length, 0);
  assert.equal(await count('episodes'), before);
});

for (const moment of ['before a step', 'during the render'] as const) {
  test(`forgetting a character while its scene runs, ${moment}, leaves nothing of it`, async () => {
    const character = await enrolRed(`Gone ${moment}`, caller, opened.context);
    const forget = () => forgetCharacter(character.id, caller, opened.context);
    const plain = colourRenderer(() => 'red');
    const renderer: Renderer = {
      name: 'slow',
      async render(request, signal) {
        if (moment === 'during the render') await forget();
        return plain.render(request, signal);
      },
    };
    await assert.rejects(
      drawWith(renderer, [{ character: character.id, prompt: 'waits' }], {
        ...hands(),
        observer: {
          saved: async (name) => void (moment === 'before a step' && name === 'score-1' && (await forget())),
        },
      }),
      { name: 'NotFoundError' },
    );
    assert.deepEqual(await opened.context.images.list(`${caller.tenantId}/${character.id}/`), []);
  });
}
