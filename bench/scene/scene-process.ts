import { readConfig } from '../../core/config.ts';
import { openContext } from '../../core/context.ts';
import { openLog } from '../../core/log.ts';
import { openOnnxVision } from '../../gpu-worker/open-onnx-vision.ts';
import { findPack } from '../../models/find-pack.ts';
import { openPack } from '../../models/open-pack.ts';
import { localCaller } from './local-caller.ts';
import { preparedRenderer } from './prepared-renderer.ts';
import { timeScenes } from './time-scenes.ts';

// A worker as `idlock` runs it on one machine, but with a renderer that answers at once. A process of its own, so that
// its memory is that of a worker. Arguments: the character's name, the folder of prepared pictures, how many scenes to
// draw. Prints one JSON document.

const [character = '', pictures = '', count = ''] = process.argv.slice(2);
const config = readConfig(process.env);
const log = openLog(config.log);

await using context = await openContext(config, log);
const pack = await openPack(await findPack(config.models.encoder), { dir: config.models.directory });
const vision = await openOnnxVision(pack, config.vision);
const scenes = await timeScenes(Number(count), {
  character,
  context,
  caller: await localCaller(context),
  vision,
  renderer: preparedRenderer(pictures),
});
await vision.close();
process.stdout.write(JSON.stringify(scenes));
