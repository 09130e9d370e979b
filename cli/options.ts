import { InvalidArgumentError, Option } from 'commander';
import { ASPECT_RATIOS } from '#core/domain/aspect-ratio.ts';

/** Collects an option that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** A whole number, or a usage error. */
export function wholeNumber(value: string): number {
  if (!/^\d{1,10}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}

export const jsonOption = () =>
  new Option('--json', 'print one JSON document on stdout and nothing else there');
export const aspectOption = () =>
  new Option('--aspect <ratio>', 'aspect ratio of the picture').choices([...ASPECT_RATIOS]).default('1:1');
export const sizeOption = () =>
  new Option('--size <px>', 'longer side of the picture, 256 to 2048 px')
    .argParser(wholeNumber)
    .default(1024);
export const seedOption = () =>
  new Option('--seed <n>', 'the same seed draws the same picture where the renderer can').argParser(
    wholeNumber,
  );
