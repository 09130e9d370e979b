import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#core/context.ts';
import type { FaceEncoder } from '#core/domain/encoder.ts';
import type { ImageRef } from '#core/domain/image-ref.ts';
import type { Scene, SceneResult } from '#core/domain/scene.ts';
import { StorageError } from '#core/errors.ts';
import type { ImageStore } from '#core/image-store/image-store.ts';
import { showCharacter } from '#core/use-cases/show-character.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import { contactSheet } from './contact-sheet.ts';
import { storyPage } from './story-page.ts';

/**
 * Writes `<home>/demo/story.png` (contact sheet) and `story.html` (self-contained page with the drift chart) of a
 * character's scenes, and returns their paths; undefined when no scene came out.
 */
export async function writeStory(
  story: { readonly characterId: string; readonly scenes: readonly Scene[]; readonly encoder: FaceEncoder },
  { context, caller }: { context: Context; caller: Caller },
): Promise<{ png: string; html: string } | undefined> {
  const { images, config } = context;
  const { character, references } = await showCharacter(story.characterId, caller, context);
  const [portrait] = references;
  const drawn = story.scenes.flatMap((scene) => (scene.result ? [{ ...scene, result: scene.result }] : []));
  if (drawn.length === 0 || !portrait) return undefined;

  const sheet = await contactSheet({
    character: { name: character.name, portrait: await images.get(portrait.image.key) },
    scenes: await Promise.all(
      drawn.map(async ({ prompt, result }) => ({
        ...scoreOf(result),
        prompt,
        image: await images.get(result.image.key),
        changes: result.changes.map(({ change, fact }) => `${change === 'begins' ? '+' : '-'} ${fact.value}`),
      })),
    ),
  });
  const { moderate, strong } = story.encoder.calibration;
  const page = storyPage({
    character: { name: character.name, portraitSrc: await dataUri(portrait.image, images) },
    encoder: { id: story.encoder.id, moderate, strong },
    scenes: await Promise.all(
      drawn.map(async ({ prompt, result }) => ({
        ...scoreOf(result),
        prompt,
        takes: result.takes,
        imageSrc: await dataUri(result.image, images),
        changes: result.changes.map(({ change, fact }) => ({ change, kind: fact.kind, value: fact.value })),
      })),
    ),
  });
  return keep(join(config.home, 'demo'), sheet, page);
}

function scoreOf({ verdict }: SceneResult) {
  return verdict.kind === 'scored'
    ? { idr: verdict.idr, confidence: verdict.confidence, band: verdict.band }
    : { idr: null, confidence: null, band: 'n/a' as const, reason: verdict.reason };
}

async function dataUri(image: ImageRef, images: ImageStore): Promise<string> {
  const bytes = await images.get(image.key);
  return `data:${image.type};base64,${Buffer.from(bytes).toString('base64')}`;
}

async function keep(folder: string, sheet: Uint8Array, page: string): Promise<{ png: string; html: string }> {
  const paths = { png: join(folder, 'story.png'), html: join(folder, 'story.html') };
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(paths.png, sheet);
    await writeFile(paths.html, page);
    return paths;
  } catch (cause) {
    throw new StorageError(
      'Cannot write the contact sheet: check the free space and permissions of IDLOCK_HOME',
      { cause },
    );
  }
}
