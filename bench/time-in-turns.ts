import { median } from './quantile.ts';

/**
 * Times several ways of doing one thing, in turns, so that a busy moment of the machine falls on all of them.
 *
 * Each round starts with the next way; the first `warmUps` rounds count for nothing.
 * Returns the median of each way, ms.
 */
export async function timeInTurns<Name extends string>(
  ways: Readonly<Record<Name, () => Promise<unknown>>>,
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): Promise<Record<Name, number>> {
  const names = Object.keys(ways) as Name[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -warmUps; round < rounds; round++)
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + warmUps + turn) % names.length] as Name; // in bounds by the remainder
      const from = performance.now();
      await ways[name]();
      if (round >= 0) times.get(name)?.push(performance.now() - from);
    }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}
