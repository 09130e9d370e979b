import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `holds`, however long that takes: the test's own time limit ends what never comes. */
export async function waitUntil(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(10);
}
