import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { newId } from '#core/domain/ids.ts';
import type { ImageRef } from '#core/domain/image-ref.ts';
import type { Scene } from '#core/domain/scene.ts';
import type { State } from '#core/domain/state.ts';
import type { ImageStore } from '#core/image-store/image-store.ts';
import { extractState } from '#core/pipeline/extract-state.ts';

const { signal } = new AbortController();
const FACE = { x: 200, y: 60, width: 112, height: 140 };

/** A figure in one colour before another: head in the middle, shoulders below it. */
async function figure(clothes: string): Promise<Uint8Array> {
  const drawing = `<svg width="512" height="512"><rect width="512" height="512" fill="#8aa"/>
    <path d="M90 512 Q110 260 256 250 Q402 260 422 512 Z" fill="${clothes}"/>
    <ellipse cx="256" cy="130" rx="62" ry="82" fill="#d9a58c"/></svg>`;
  return sharp(Buffer.from(drawing)).jpeg({ quality: 95 }).toBuffer();
}

const image: ImageRef = { key: 'picture', type: 'image/jpeg', widthPx: 512, heightPx: 512, sizeBytes: 1 };
const images = (bytes: Uint8Array) => ({ get: async () => bytes }) as Pick<ImageStore, 'get'> as ImageStore;

/** The values that hold after each of the prompts, each seen in a picture with these clothes. */
async function tell(...scenes: readonly (readonly [prompt: string, clothes: string])[]): Promise<string[][]> {
  let state: State = [];
  const told: string[][] = [];
  for (const [prompt, clothes] of scenes) {
    const scene = { id: newId('scene'), characterId: newId('char'), prompt, styleOverrides: [] };
    const needs = { images: images(await figure(clothes)), signal };
    ({ state } = await extractState({ scene: scene as unknown as Scene, state, image, face: FACE }, needs));
    told.push(state.map(({ value }) => value));
  }
  return told;
}

test('extractState() takes the colour of the clothes from the picture when no words say what is worn', async () => {
  const [first, second] = await tell(['waits', '#1b3fb0'], ['still waits', '#1b3fb0']);
  assert.deepEqual(first, ['mostly blue']);
  assert.deepEqual(second, ['mostly blue']);
});

test('extractState() lets words replace the colour that a picture showed', async () => {
  const [, dressed] = await tell(['waits', '#1b3fb0'], ['puts on a torn red cloak', '#1b3fb0']);
  assert.deepEqual(dressed, ['torn red cloak']);
});
