import sharp from 'sharp';
import type { AspectRatio } from '#core/domain/aspect-ratio.ts';
import type { Renderer, RenderReference, RenderRequest, RenderResult } from '../renderer.ts';
import { drawSvg } from './canvas.ts';
import { choosePhoto } from './choose-photo.ts';
import { drawCreatures } from './creatures.ts';
import { type CutOut, cutOutHead } from './cut-out.ts';
import { drawLabel } from './draw-label.ts';
import { type DriftKind, driftHead } from './drift.ts';
import { type FailureKind, failAs } from './fail.ts';
import { finish, toBytes } from './finish.ts';
import { chooseLook, isIndoors } from './look.ts';
import { noiseTile, seededRandom, seedOf } from './noise.ts';
import { paintBackdrop } from './paint-backdrop.ts';
import { paintCharacter } from './paint-character.ts';
import { paintStrokes } from './paint-strokes.ts';
import { paintWeather } from './paint-weather.ts';
import { readBrief } from './read-brief.ts';

/** The face's width as a share of the root of the canvas area. */
const FACE_SHARE = 0.247;
/** Larger pictures are painted at this size (longer side, px) and enlarged: strokes gain nothing from more. */
const MAX_PAINT_PX = 1280;

export interface StudioOptions {
  /** Says how a request's face is to be lost; undefined keeps it. A pure function, so takes stay repeatable. */
  readonly drift?: (request: RenderRequest) => DriftKind | undefined;
  /** Says how a request is to fail; undefined draws it. */
  readonly fail?: (request: RenderRequest) => FailureKind | undefined;
}

/**
 * Paints previews without a network or a model: the reference's head, cut out and re-lit, in painted clothes before a
 * painted place, all chosen from the words of the prompt. The same request gives the same bytes. A pose reference is ignored:
 * a cut-out head cannot take one.
 */
export function studioRenderer(options: StudioOptions = {}): Renderer {
  return {
    name: 'studio',
    async render(request, signal): Promise<RenderResult> {
      signal.throwIfAborted();
      const failure = options.fail?.(request);
      if (failure) return failAs(failure, signal);
      const image = await paint(request, options.drift?.(request), signal);
      return { kind: 'image', image, type: 'image/jpeg', costUsd: 0 };
    },
  };
}

async function paint(
  request: RenderRequest,
  drift: DriftKind | undefined,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const final = sizeOf(request.aspectRatio, request.sizePx);
  const { width, height } = sizeOf(request.aspectRatio, Math.min(request.sizePx, MAX_PAINT_PX));
  const brief = readBrief(request.prompt);
  const random = seededRandom(seedOf(`${request.seed}\n${brief.setting}${brief.time}${brief.weather}`));
  const noise = noiseTile(Math.floor(random() * 2 ** 31));
  const placement = choosePlacement(width, height, random);
  const look = chooseLook(brief, placement.lightX);
  const canvas = await paintBackdrop({ setting: brief.setting, width, height, look, noise, random });
  await drawSvg(canvas, drawCreatures(brief.words, canvas, look));
  signal.throwIfAborted();
  const mask = new Float32Array(width * height).fill(0.85);
  const cut = await cutIdentity(request.references, Math.sqrt(width * height) * FACE_SHARE * placement.scale);
  signal.throwIfAborted();
  if (cut)
    await paintCharacter(canvas, drift ? driftHead(cut, drift) : cut, placement, {
      brief,
      look,
      random,
      mask,
    });
  signal.throwIfAborted();
  paintStrokes(canvas, mask, noise, random);
  const face = cut && {
    x: placement.eyesX,
    y: placement.eyesY + cut.frame.eyesToChin * 0.2,
    radius: cut.frame.width * 0.62,
  };
  if (!isIndoors(brief.setting)) await paintWeather(canvas, look, noise, face, random);
  finish(canvas, look, random);
  await drawSvg(canvas, drawLabel(width, height));
  signal.throwIfAborted();
  return sharp(toBytes(canvas), { raw: { width, height, channels: 3 } })
    .resize(final.width, final.height, { fit: 'fill', kernel: 'lanczos3' })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** Pixels of a picture whose longer side is `longPx`. */
function sizeOf(ratio: AspectRatio, longPx: number): { width: number; height: number } {
  const [w = 1, h = 1] = ratio.split(':').map(Number);
  const scale = longPx / Math.max(w, h);
  return { width: Math.round(w * scale), height: Math.round(h * scale) };
}

function choosePlacement(width: number, height: number, random: () => number) {
  const side = [-1, 0, 1][Math.floor(random() * 3)] ?? 0;
  return {
    eyesX: width * (0.5 + side * 0.13 + (random() - 0.5) * 0.04),
    eyesY: height * (0.42 + (random() - 0.5) * 0.04),
    tilt: (((random() - 0.5) * 2 * 5) / 180) * Math.PI,
    scale: 0.96 + random() * 0.12,
    lightX: side === 0 ? (random() < 0.5 ? 0.16 : 0.84) : 0.5 - side * (0.2 + random() * 0.14),
  };
}

async function cutIdentity(
  references: readonly RenderReference[],
  faceWidthPx: number,
): Promise<CutOut | undefined> {
  const photo = await choosePhoto(references);
  return photo && cutOutHead(photo.image, photo.face.landmarks, faceWidthPx);
}
