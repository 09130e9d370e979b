const SEGMENT = '[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}';
const KEY = new RegExp(`^(?:${SEGMENT}/){1,7}${SEGMENT}$`);
const PREFIX = new RegExp(`^(?:${SEGMENT}/){1,7}$`);

/**
 * Lets only keys pass that mean the same to a folder and to a bucket: 2-8 segments of plain letters, digits, `.`, `_`
 * and `-`, none of which starts with a dot. So no key climbs out of its root or names a hidden file.
 *
 * @throws {RangeError} for any other: keys are made by `imageKey()`, so a bad one is a bug, not a person's mistake.
 */
export function checkImageKey(key: string): string {
  if (!KEY.test(key)) throw new RangeError(`Cannot use ${JSON.stringify(key)} as an image key`);
  return key;
}

/**
 * Lets only whole folders pass, with their slash: `tenant_1/` must not reach into `tenant_10/`, and an empty prefix
 * must not empty the store.
 *
 * @throws {RangeError} for any other.
 */
export function checkImagePrefix(prefix: string): string {
  if (!PREFIX.test(prefix)) throw new RangeError(`Cannot use ${JSON.stringify(prefix)} as an image prefix`);
  return prefix;
}
