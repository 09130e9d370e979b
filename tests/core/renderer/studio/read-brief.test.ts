import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_SHEET } from '#core/domain/character.ts';
import type { FactKind } from '#core/domain/state.ts';
import { writePrompt } from '#core/pipeline/write-prompt.ts';
import { readBrief } from '#core/renderer/studio/read-brief.ts';
import { plainFact, plainScene } from '#tests/fakes/plain-scene.ts';

/** The prompt of a second scene, after one in a rainy street, with what was true before it. */
function promptOf(words: string, state: readonly (readonly [FactKind, string])[]): string {
  return writePrompt({
    scene: plainScene({ prompt: words }),
    name: 'Mira',
    sheet: EMPTY_SHEET,
    episodes: [
      {
        id: 'episode_1',
        sceneIndex: 1,
        text: 'sad, in a rainy city street at night in a red cloak',
        tags: [],
      },
    ],
    state: state.map(([kind, value]) => plainFact(kind, value)),
    references: [],
  });
}

const RAINY_STREET = [
  ['clothing', 'torn red cloak'],
  ['mood', 'sad'],
  ['place', 'street'],
  ['time', 'night'],
  ['weather', 'rainy'],
] as const;

test('readBrief() leaves the weather of a place behind when the scene is in another', () => {
  const brief = readBrief(promptOf('on a spaceship', RAINY_STREET));
  assert.equal(brief.setting, 'space');
  assert.equal(brief.weather, 'clear');
  assert.equal(brief.time, 'night');
  assert.equal(brief.garment.shape, 'cloak');
});

test('readBrief() keeps the weather while the scene stays where it was', () => {
  for (const words of ['looks up', 'still in the street, smiling']) {
    const brief = readBrief(promptOf(words, RAINY_STREET));
    assert.equal(brief.setting, 'city', words);
    assert.equal(brief.weather, 'rain', words);
  }
});

test('readBrief() takes the weather of another place from the scene itself', () => {
  assert.equal(readBrief(promptOf('in a snowy forest', RAINY_STREET)).weather, 'snow');
});

test('readBrief() forgets the mood of the scene before', () => {
  assert.equal(readBrief(promptOf('looks up', RAINY_STREET)).mood, undefined);
});

test('readBrief() reads nothing from the lines that tell earlier scenes', () => {
  for (const state of [[], [['prop', 'lantern']]] as const) {
    const brief = readBrief(promptOf('looks up', state));
    assert.equal(brief.setting, 'meadow');
    assert.equal(brief.weather, 'clear');
    assert.equal(brief.time, 'day');
    assert.notEqual(brief.garment.shape, 'cloak');
  }
});
