import type { Writable } from 'node:stream';

/** What a command shows: results on stdout, everything on the way on stderr. */
export interface Terminal {
  readonly json: boolean;
  /** A line of the result, for people; nothing with `--json`. */
  line(text?: string): void;
  /** The result as one JSON document; nothing without `--json`. */
  document(value: unknown): void;
  /** What is going on now: redrawn in place on a terminal, one line a change elsewhere; silent with `--json`. */
  progress(text: string): void;
  /** Ends the line of progress. */
  settle(): void;
  /** A remark on stderr, shown also with `--json`. */
  warn(text: string): void;
  bold(text: string): string;
  dim(text: string): string;
  colour(name: 'green' | 'yellow' | 'red', text: string): string;
}

const COLOURS = { green: 32, yellow: 33, red: 31 } as const;

/** Makes the terminal of one command run; colours and redrawing only where a person looks on. */
export function openTerminal(options: {
  readonly json: boolean;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly noColour?: boolean;
}): Terminal {
  const { json, stdout, stderr } = options;
  const isColoured = stdout.isTTY === true && !options.noColour;
  const wrap = (code: number, text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  let shown = '';

  const settle = () => {
    if (shown && stderr.isTTY) stderr.write('\r\u001b[2K');
    shown = '';
  };
  return {
    json,
    line(text = '') {
      if (json) return;
      settle();
      stdout.write(`${text}\n`);
    },
    document(value) {
      if (json) stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    progress(text) {
      if (json || text === shown) return;
      stderr.write(stderr.isTTY ? `\r\u001b[2K${text}` : `${text}\n`);
      shown = text;
    },
    settle,
    warn(text) {
      settle();
      stderr.write(`${text}\n`);
    },
    bold: (text) => wrap(1, text),
    dim: (text) => wrap(2, text),
    colour: (name, text) => wrap(COLOURS[name], text),
  };
}
