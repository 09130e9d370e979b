import sharp, { type Sharp } from 'sharp';
import { PHOTO_LIMITS } from './photo-header.ts';

/** A progressive JPEG of 50 MP decodes in 0.3 s on one core (measured): what takes this long is an attack or a stuck machine. */
const DECODE_TIMEOUT_S = 30;

/**
 * Opens a photo that has passed `photoHeader()`: upright, sRGB, transparency laid on white. Nothing is decoded until
 * the result is written somewhere; put `damagedPhoto` behind that.
 */
export function openUpright(bytes: Uint8Array): Sharp {
  // Level `error` refuses truncated files and lets harmless warnings of phone cameras (stray bytes) pass.
  return sharp(bytes, { failOn: 'error', limitInputPixels: PHOTO_LIMITS.maxPixels, sequentialRead: true })
    .timeout({ seconds: DECODE_TIMEOUT_S })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb');
}
