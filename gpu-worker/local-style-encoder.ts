import { COLOUR_TEXTURE, colourTexture } from './colour-texture.ts';
import type { StyleEncoder } from './style-encoder.ts';

/** The style encoder that needs no file: `colourTexture()`, under its own name. */
export function localStyleEncoder(): StyleEncoder {
  return { encoder: COLOUR_TEXTURE, encode: colourTexture, close: async () => {} };
}
