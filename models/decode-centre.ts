/**
 * Reads the centre vector of a manifest.
 *
 * base64: little-endian float32[dim].
 * @throws {RangeError} when it does not hold exactly `dim` numbers.
 */
export function decodeCentre(base64: string, dim: number): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== dim * 4) throw new RangeError(`Cannot read ${bytes.length} bytes as float32[${dim}]`);
  return Float32Array.from({ length: dim }, (_, i) => bytes.readFloatLE(i * 4));
}
