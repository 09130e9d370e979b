/** Aborts when `touch()` was not called for `stallMs`: a connection that is open and silent is a dead one. */
export function stallTimer(stallMs: number): { signal: AbortSignal; touch(): void; stop(): void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), stallMs);
  return {
    signal: controller.signal,
    touch: () => void timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}
