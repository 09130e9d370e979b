import { Command } from 'commander';
import type { AspectRatio } from '#core/domain/aspect-ratio.ts';
import { isId } from '#core/domain/ids.ts';
import { InvalidRequestError } from '#core/errors.ts';
import type { OpenSession } from '../command-session.ts';
import { drawScene } from '../draw-scene.ts';
import { EXIT } from '../exit-codes.ts';
import { aspectOption, collect, jsonOption, seedOption, sizeOption } from '../options.ts';
import { readPhotoFile } from '../read-photos.ts';
import { printScene, sceneDocument } from '../scene-report.ts';
import { withWorker } from '../session.ts';
import { writePicture } from '../write-picture.ts';

interface SceneOptions {
  readonly style?: string[];
  readonly pose?: string;
  readonly story?: string;
  readonly refine?: true;
  readonly out?: string;
  readonly aspect: AspectRatio;
  readonly size: number;
  readonly seed?: number;
}

export function sceneCommand(openSession: OpenSession): Command {
  return new Command('scene')
    .description('Draw a character in a new scene with the same face')
    .argument('<character>', 'name or id')
    .argument('<prompt>', 'what happens, in words')
    .option(
      '--style <words>',
      'wear or show this, for example "worn leather armor"; may be repeated',
      collect,
    )
    .option('--pose <file>', 'a picture that shows the pose')
    .option('--story <id>', 'go on with this story (default: the open one)')
    .option('--refine', 'draw at least twice and keep the better face')
    .option('--out <file>', 'also write the picture here')
    .addOption(aspectOption())
    .addOption(sizeOption())
    .addOption(seedOption())
    .addOption(jsonOption())
    .action(async (character: string, prompt: string, options: SceneOptions) => {
      const session = openSession();
      const { story } = options;
      if (story !== undefined && !isId('story', story)) {
        throw new InvalidRequestError('That is no story id: "idlock history" shows them');
      }
      const pose = options.pose ? await readPhotoFile(options.pose, session.signal) : undefined;
      await withWorker(session, async (context, caller) => {
        const input = {
          character,
          prompt,
          styleOverrides: options.style ?? [],
          aspectRatio: options.aspect,
          sizePx: options.size,
          ...(options.seed === undefined ? {} : { seed: options.seed }),
          refineFace: options.refine ?? false,
          ...(story ? { storyId: story } : {}),
          ...(pose ? { pose } : {}),
        };
        const view = await drawScene(input, { context, caller, session });
        if (options.out && view.scene.result)
          await writePicture(options.out, view.scene.result.image, context.images);
        printScene(view, context.images, session.terminal);
        session.terminal.document(sceneDocument(view, context.images));
        if (!view.scene.result) process.exitCode = EXIT.failed;
      });
    });
}
