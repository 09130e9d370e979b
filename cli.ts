#!/usr/bin/env -S MALLOC_MMAP_THRESHOLD_=1048576 MALLOC_TRIM_THRESHOLD_=1048576 node --max-semi-space-size=4
// The settings above keep a worker that looks at pictures at 430 MB in place of 730: glibc gives large buffers back at
// once, and V8 collects young ones sooner (npm run bench). Without them everything works the same.
import { enableCompileCache } from 'node:module';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `idlock needs Node 24 or newer: this is ${process.versions.node}. Use "npx idlock" or "npm run", which take the Node that npm ci installed\n`,
  );
  process.exitCode = 1;
} else {
  // Type stripping of every file at every start costs half a second; the cache brings it near plain JavaScript.
  enableCompileCache();
  const { runCli } = await import('./cli/run-cli.ts');
  process.exitCode = await runCli(process.argv, process.env);
}
