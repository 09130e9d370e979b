import type { AspectRatio } from '../domain/aspect-ratio.ts';
import type { Face } from '../domain/face.ts';
import type { ImageType } from '../domain/image-ref.ts';

export interface RenderReference {
  readonly role: 'identity' | 'pose' | 'look';
  /** The character's name, or what the picture shows. */
  readonly name: string;
  readonly image: Uint8Array;
  /** The reference's face, where one was found: where to cut and how it is turned. */
  readonly face?: Pick<Face, 'box' | 'landmarks'>;
}

export interface RenderRequest {
  /** The whole prompt, as `writePrompt()` made it. */
  readonly prompt: string;
  readonly references: readonly RenderReference[];
  readonly aspectRatio: AspectRatio;
  /** Longer side, px. */
  readonly sizePx: number;
  /** A hint: the same seed and request give the same picture where the renderer can. */
  readonly seed: number;
}

export type RenderResult =
  | { readonly kind: 'image'; readonly image: Uint8Array; readonly type: ImageType; readonly costUsd: number }
  | { readonly kind: 'refusal'; readonly reason: string };

/** Draws pictures. A refusal is a value; a failure throws a retryable or a final `RenderError`. */
export interface Renderer {
  /** For example `studio` or `gemini-nano-banana-2.1`. */
  readonly name: string;
  render(request: RenderRequest, signal: AbortSignal): Promise<RenderResult>;
}
