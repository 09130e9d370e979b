import type { Config } from '#core/config.ts';
import type { Renderer } from '#core/renderer/renderer.ts';
import { studioRenderer } from '#core/renderer/studio/studio-renderer.ts';

/** The renderer that the config names. */
export function openRenderer(config: Config): Renderer {
  switch (config.renderer.kind) {
    case 'studio':
      return studioRenderer();
  }
}
