import type { Manifest } from './manifest.ts';

/** A pack whose files lie on this machine and were verified. */
export interface PreparedPack {
  readonly manifest: Manifest;
  /** The pack's own folder; a file put by hand may lie elsewhere, so ask `path()`. */
  readonly dir: string;
  /** Absolute path of one of the pack's files, by its name in the manifest. */
  path(file: string): string;
}

/**
 * Writes every file of a pack whose `arrives` is `built` into `outDir`, under the names in its manifest.
 * `models/convert/` holds the one for `bundled`; the caller verifies and moves the files.
 */
export type BuildPack = (
  outDir: string,
  options: { onProgress: (done: number, total: number) => void; signal: AbortSignal },
) => Promise<void>;
