import { InvalidRequestError } from '#core/errors.ts';
import { listPacks } from './list-packs.ts';
import type { Manifest } from './manifest.ts';

/**
 * Finds a pack by its name.
 *
 * @throws {InvalidRequestError} that lists the known names.
 */
export async function findPack(name: string): Promise<Manifest> {
  const packs = await listPacks();
  const pack = packs.find((one) => one.name === name);
  if (pack) return pack;
  const names = packs.map((one) => one.name).join(', ');
  throw new InvalidRequestError(`There is no model pack "${name.slice(0, 40)}". Choose one of: ${names}.`);
}
