import type { ImageType } from '../domain/image-ref.ts';

/** What a person may send; `image/heic` is known so that it can be refused with the right words. */
export type PhotoType = ImageType | 'image/avif' | 'image/heic';

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1'];

/**
 * Tells what kind of picture `bytes` start as, by magic numbers at offset 0 only: neither a file name nor a declared
 * type is believed, and a picture hidden behind an HTML, ZIP or PDF start is not one. Undefined for anything else.
 *
 * Source: ITU-T T.81 B.1.1.3, PNG (3rd ed.) 5.2, RFC 9649 2.4, ISO/IEC 14496-12 4.3 with AV1 Image File Format 1.1.
 */
export function sniffPhotoType(bytes: Uint8Array): PhotoType | undefined {
  if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (startsWith(bytes, 'RIFF') && textAt(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (textAt(bytes, 4, 8) !== 'ftyp') return undefined;
  const brand = textAt(bytes, 8, 12);
  if (brand === 'avif' || brand === 'avis') return 'image/avif';
  if (!HEIC_BRANDS.includes(brand)) return undefined;
  // `mif1` is the general brand: only the compatible brands, inside the same box, tell AVIF from HEIC.
  return textAt(bytes, 16, ftypEnd(bytes)).includes('avif') ? 'image/avif' : 'image/heic';
}

/** End of the `ftyp` box; 64 bytes hold the 12 brands that no known writer exceeds. */
function ftypEnd(bytes: Uint8Array): number {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  return Math.min(size, 64);
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  return textAt(bytes, 0, magic.length) === magic;
}

function textAt(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
