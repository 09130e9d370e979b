import { isAbsolute, normalize, sep } from 'node:path';
import { InvalidRequestError } from '../errors.ts';

export interface PhotoPair {
  /** Paths of two photos, below the root, normalised. */
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
}

/**
 * Reads pairs of photos: a header `a,b,same`, then one pair a line, `same` being 1 or 0. A cell may be quoted.
 *
 * @throws {InvalidRequestError} that names the line: wrong header or cell count, an empty or absolute path, a path that
 * leaves the root, a `same` that is neither 0 nor 1, no pair at all.
 */
export function readPairs(csv: string): PhotoPair[] {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (cellsOf(lines[0] ?? '')?.join() !== 'a,b,same') fail(1, 'the header must be "a,b,same"');
  const pairs = lines.flatMap((line, i) => (i === 0 || !line.trim() ? [] : [readPair(line, i + 1)]));
  if (!pairs.length) fail(2, 'there is no pair under the header');
  return pairs;
}

function readPair(line: string, number: number): PhotoPair {
  const cells = cellsOf(line);
  const [a, b, same] = cells ?? [];
  if (cells?.length !== 3 || a === undefined || b === undefined || same === undefined)
    return fail(number, 'it must have three cells: a,b,same');
  if (same !== '0' && same !== '1') return fail(number, '"same" must be 0 or 1');
  return { a: readPath(a, number), b: readPath(b, number), same: same === '1' };
}

function readPath(path: string, number: number): string {
  if (!path || path.includes('\0')) return fail(number, 'a photo path is empty or not a path');
  const normal = normalize(path);
  if (isAbsolute(path) || normal === '..' || normal.startsWith(`..${sep}`))
    return fail(number, 'a photo path leaves the root directory');
  return normal;
}

/** The cells of a CSV line (RFC 4180, without line breaks in cells), or undefined when its quotes do not close. */
function cellsOf(line: string): string[] | undefined {
  const cells: string[] = [];
  for (let rest = line; ; ) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/.exec(rest);
    if (!match) return undefined;
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    if (match[3] === '') return cells;
    rest = rest.slice(match[0].length);
  }
}

function fail(number: number, why: string): never {
  throw new InvalidRequestError(`Cannot read the pairs: line ${number}: ${why}.`);
}
