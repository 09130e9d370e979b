import { type ImageRef, imageKey } from '../domain/image-ref.ts';
import type { Scene } from '../domain/scene.ts';
import { markPicture } from '../imaging/mark-picture.ts';
import type { Needs } from './needs.ts';

/** Makes the picture that people get: "made with AI" in its XMP always, the visible mark if the tenant has it on. */
export async function markResult(
  input: { readonly scene: Scene; readonly image: ImageRef },
  { images, settings, signal }: Needs<'images' | 'settings' | 'signal'>,
): Promise<ImageRef> {
  const { scene } = input;
  const picture = await images.get(input.image.key, signal);
  const provenance = {
    digitalSourceType: 'compositeWithTrainedAlgorithmicMedia',
    credit: `IDLock ${scene.id}`,
  } as const;
  const marked = await markPicture(picture, { visible: settings.visibleMark, ...provenance }, signal);
  const key = imageKey(scene.tenantId, scene.characterId, marked.bytes, marked.type);
  await images.put(key, marked.bytes, marked.type, signal);
  return {
    key,
    type: marked.type,
    widthPx: marked.widthPx,
    heightPx: marked.heightPx,
    sizeBytes: marked.bytes.byteLength,
  };
}
