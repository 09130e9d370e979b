import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly process: ChildProcess;
  /** Lines the child has printed so far. */
  readonly lines: readonly string[];
  /** Resolves with the first line that starts with `start`; rejects when the child exits before. */
  line(start: string): Promise<string>;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
}

/** Runs a program, given by its `file:` URL, as a process of its own. */
export function startChild(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Child {
  const child = spawn(process.execPath, [fileURLToPath(program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  let open = true;
  const ended = once(reader, 'close').then(() => {
    open = false;
  });

  return {
    process: child,
    lines,
    async line(start) {
      for (;;) {
        const found = lines.find((line) => line.startsWith(start));
        if (found !== undefined) return found;
        if (!open) throw new Error(`The child ended after: ${lines.join(' | ')}`);
        await Promise.race([once(reader, 'line'), ended]);
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
      await ended;
    },
  };
}
