const VECTOR = '$f32';

/** Turns a step's result into plain JSON: vectors become base64 of their little-endian float32 values. */
export function encodeStepResult(value: unknown): unknown {
  if (value instanceof Float32Array) {
    return { [VECTOR]: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  }
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(encodeStepResult);
  if (value === null || typeof value !== 'object') return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encodeStepResult(inner)]));
}

/** The inverse of `encodeStepResult()`, but that `undefined` comes back as null. */
export function decodeStepResult(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeStepResult);
  if (value === null || typeof value !== 'object') return value;
  if (VECTOR in value && typeof value[VECTOR] === 'string') {
    return new Float32Array(Uint8Array.from(Buffer.from(value[VECTOR], 'base64')).buffer);
  }
  if ('$date' in value && typeof value.$date === 'string') return new Date(value.$date);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decodeStepResult(inner)]));
}
