/** One measured number, beside the floor or peer that the same run measured and the goal that it is held to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB';
  /** What `value` is divided by or divides: a floor (bare work) or a peer doing the same. */
  readonly against?: { readonly name: string; readonly value: number };
  readonly ratio?: number;
  readonly goal?: string;
  readonly met?: boolean;
}

/** Numbers without a floor or peer: `value` itself is held to a limit, in its own unit. */
export function limitFigure(
  name: string,
  { value, unit, limit }: { readonly value: number; readonly unit: Figure['unit']; readonly limit: number },
): Figure {
  return { name, value: round(value), unit, goal: `<= ${limit} ${unit}`, met: value <= limit };
}

/** How many times the floor a time is, at most `limit` times. Both in ms. */
export function overheadFigure(
  name: string,
  { value, floor, limit }: { readonly value: number; readonly floor: Named; readonly limit: number },
): Figure {
  const ratio = value / floor.value;
  return { ...compared(name, value, floor), ratio: round(ratio), goal: `<= ${limit} x`, met: ratio <= limit };
}

/** How many times as fast as a peer a time is, at least `limit` times. Both in ms. */
export function speedFigure(
  name: string,
  { value, peer, limit }: { readonly value: number; readonly peer: Named; readonly limit: number },
): Figure {
  const ratio = peer.value / value;
  return { ...compared(name, value, peer), ratio: round(ratio), goal: `>= ${limit} x`, met: ratio >= limit };
}

interface Named {
  readonly name: string;
  readonly value: number;
}

function compared(name: string, value: number, against: Named) {
  return {
    name,
    value: round(value),
    unit: 'ms' as const,
    against: { name: against.name, value: round(against.value) },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
