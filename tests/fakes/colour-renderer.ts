import sharp from 'sharp';
import type { Renderer, RenderRequest, RenderResult } from '#core/renderer/renderer.ts';

/** A plain picture of one colour, such as `red` or `#ff8000`. */
export async function colourPicture(colour: string, sidePx = 256): Promise<Uint8Array> {
  return sharp({ create: { width: sidePx, height: sidePx, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

/**
 * A renderer that answers at once with a plain colour: what `answer` says for the request and its number (1 for the
 * first), which may also be a refusal or throw. `requests` keeps what was asked.
 */
export function colourRenderer(
  answer: (request: RenderRequest, number: number) => string | { refusal: string },
): Renderer & { readonly requests: RenderRequest[] } {
  const requests: RenderRequest[] = [];
  return {
    name: 'colour',
    requests,
    async render(request, signal): Promise<RenderResult> {
      signal.throwIfAborted();
      requests.push(request);
      const said = answer(request, requests.length);
      if (typeof said !== 'string') return { kind: 'refusal', reason: said.refusal };
      return { kind: 'image', image: await colourPicture(said), type: 'image/png', costUsd: 0.01 };
    },
  };
}
