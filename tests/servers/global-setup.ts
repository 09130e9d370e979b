// For `node --test --test-global-setup=tests/servers/global-setup.ts`: all test files share the servers of one run.
import { createTestRun, endTestRun } from './test-run.ts';

let folder: string | undefined;

export async function globalSetup(): Promise<void> {
  folder = await createTestRun();
  // The process of each test file inherits this.
  process.env.IDLOCK_TEST_RUN = folder;
}

export async function globalTeardown(): Promise<void> {
  if (folder !== undefined) endTestRun(folder);
}
