// Takes the lock of the folder given, says so (or why not), and keeps it until it is killed.
import { lockDirectory } from '#core/stores/embedded/lock-directory.ts';

try {
  await lockDirectory(process.argv[2] ?? '');
  process.stdout.write('held\n');
  setInterval(() => undefined, 1000);
} catch (error) {
  process.stdout.write(`refused ${(error as Error).message}\n`); // lockDirectory() throws errors only
}
