import { preparePack } from '#models/prepare-pack.ts';
import { contentOf, sampleBytes, samplePack } from './sample-pack.ts';

// A process of its own that prepares the sample pack: node prepare-in-child.ts <dir> <url> <length>
const [dir, url, length] = process.argv.slice(2);
if (!dir || !url || !length) throw new RangeError('needs dir, url and length');
const bytes = sampleBytes(Number(length));
const pack = samplePack(bytes, { urls: [url] });
await preparePack(pack, {
  dir,
  onProgress: (progress) => {
    if (progress.kind === 'download') process.stdout.write(`${progress.doneBytes}\n`);
  },
});
process.stdout.write(`ready ${contentOf(bytes).sha256}\n`);
