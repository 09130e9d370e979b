import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchFaces } from './faces/bench-faces.ts';
import type { Part, PartResult } from './part.ts';
import { benchScene } from './scene/bench-scene.ts';

const PARTS: Readonly<Record<string, Part>> = { faces: benchFaces, scene: benchScene };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '15' }, strict: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(
    `usage: npm run bench -- [${Object.keys(PARTS).join('] [')}] [--rounds 15] [--strict]\n`,
  );
  process.exit(2);
}

const machine = {
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  memoryMb: Math.round(totalmem() / 1e6),
  // Another load of the machine lengthens times; ratios suffer less.
  loadAtStart: loadavg()[0],
  node: process.version,
};
const parts: Record<string, PartResult> = {};
for (const [name, part] of Object.entries(PARTS)) {
  if (positionals.length && !positionals.includes(name)) continue;
  parts[name] = await part({ rounds, say: (line) => process.stderr.write(`${line}\n`) });
}
const figures = Object.values(parts).flatMap((part) => part.figures);
const setup = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.setup]));
process.stdout.write(`${JSON.stringify({ machine, setup, figures }, undefined, 2)}\n`);
if (values.strict && figures.some(({ met }) => met === false)) process.exitCode = 1;
