import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { ASPECT_RATIOS } from '#core/domain/aspect-ratio.ts';
import type { Renderer, RenderRequest } from '#core/renderer/renderer.ts';

/** What every renderer owes its callers; `makeRequest` gives a request that the renderer can draw. */
export function testRenderer(
  name: string,
  open: () => Renderer,
  makeRequest: () => Promise<RenderRequest>,
): void {
  test(`${name} draws an image of the type it says`, async () => {
    const drawn = await open().render(await makeRequest(), new AbortController().signal);
    assert.equal(drawn.kind, 'image');
    if (drawn.kind !== 'image') return;
    const { format } = await sharp(drawn.image).metadata();
    assert.equal(`image/${format}`, drawn.type);
    assert.ok(drawn.costUsd >= 0);
  });

  for (const aspectRatio of ASPECT_RATIOS)
    test(`${name} honours ${aspectRatio} and the longer side`, async () => {
      const sizePx = 320;
      const request = { ...(await makeRequest()), aspectRatio, sizePx };
      const drawn = await open().render(request, new AbortController().signal);
      assert.equal(drawn.kind, 'image');
      if (drawn.kind !== 'image') return;
      const { width = 0, height = 0 } = await sharp(drawn.image).metadata();
      const [w = 1, h = 1] = aspectRatio.split(':').map(Number);
      assert.equal(Math.max(width, height), sizePx);
      assert.ok(Math.abs(width / height - w / h) < 0.01, `${width}x${height}`);
    });

  test(`${name} does not start when the signal is aborted`, async () => {
    const reason = new Error('stopped');
    await assert.rejects(open().render(await makeRequest(), AbortSignal.abort(reason)), reason);
  });

  test(`${name} stops between its stages when the signal aborts`, async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const drawing = open().render(await makeRequest(), stop.signal);
    setImmediate(() => stop.abort(reason));
    await assert.rejects(drawing, reason);
  });
}
