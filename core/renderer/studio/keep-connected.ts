/** Clears all of a matte that does not hang together with the pixel at `start`: look-alike spots of the background. */
export function keepConnected(
  alpha: Float32Array,
  width: number,
  start: number,
  threshold = 0.45,
): Float32Array {
  const kept = new Uint8Array(alpha.length);
  const waiting = [start];
  kept[start] = 1;
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const x = index % width;
    const around = [index - width, index + width, x > 0 ? index - 1 : -1, x < width - 1 ? index + 1 : -1];
    for (const next of around) {
      if (next < 0 || next >= alpha.length || kept[next] || (alpha[next] ?? 0) < threshold) continue;
      kept[next] = 1;
      waiting.push(next);
    }
  }
  return alpha.map((value, i) => value * (isNear(kept, i, width) ? 1 : 0));
}

/** The soft edge beside kept pixels stays. */
function isNear(kept: Uint8Array, index: number, width: number): boolean {
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) if (kept[index + dy * width + dx]) return true;
  return false;
}
