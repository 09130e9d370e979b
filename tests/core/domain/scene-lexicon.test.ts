import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWords, settingOf, timeOf, weatherOf } from '#core/domain/scene-lexicon.ts';
import { PLACES, TIMES, WEATHERS } from '#core/domain/scene-words.ts';

const GOLDEN: readonly (readonly [string, readonly string[]])[] = [
  [
    'Arya fights a dragon on a cliff at sunset in a torn red cloak',
    ['holds place: cliff', 'holds time: sunset', 'holds clothing/outer: torn red cloak'],
  ],
  ['She takes off the cloak and drops the sword', ['ends clothing/outer: cloak', 'ends prop/sword: sword']],
  ['without her cloak', ['ends clothing/outer: cloak']],
  ['He takes the helmet off', ['ends clothing/head: helmet']],
  ['She wears no hat but a blue scarf', ['ends clothing/head: hat', 'holds clothing/neck: blue scarf']],
  ['Her red cloak is torn and muddy', ['holds clothing/outer: torn muddy red cloak']],
  ['She loses her hat', ['ends clothing/head: hat']],
  [
    'a leather jacket over a white t-shirt',
    ['holds clothing/outer: leather jacket', 'holds clothing/upper: white t-shirt'],
  ],
  ['in polished steel plate armour', ['holds clothing/full: polished steel plate armour']],
  ['WEARING MUDDY BOOTS', ['holds clothing/feet: muddy boots']],
  ['a cut on her left cheek', ['holds injury/left cheek: cut on the left cheek']],
  ['her bandaged left arm hurts', ['holds injury/left arm: bandaged left arm']],
  ['her left arm is bandaged', ['holds injury/left arm: bandaged left arm']],
  ['The wound heals. The rain stops.', ['ends injury: wound', 'ends weather: rain']],
  ['She cuts the rope and burns the letter', []],
  ['holding a lantern in the fog', ['holds prop/lantern: lantern', 'holds weather: fog']],
  ['A lantern hangs on the wall', []],
  ['A lantern hangs on the wall of the market', ['holds place: market']],
  ['She leaves the castle and rides to the sea', ['ends place: castle', 'holds place: sea']],
  ['stands on a sea cliff', ['holds place: cliff']],
  ['on a cliff above the ocean', ['holds place: cliff']],
  [
    'furious, at midnight, in a thunderstorm',
    ['holds mood: angry', 'holds time: midnight', 'holds weather: thunderstorm'],
  ],
  ['no longer angry', ['ends mood: angry']],
  [
    'clothing: torn red cloak; injury: cut on the left arm',
    ['holds clothing/outer: torn red cloak', 'holds injury/left arm: cut on the left arm'],
  ],
  ['scarfing a cupcake by the woodshed', []],
  ['', []],
];

for (const [text, expected] of GOLDEN)
  test(`readWords() reads "${text}"`, () => {
    const found = readWords(text).map(
      ({ change, kind, slot, value }) => `${change} ${kind}${slot ? `/${slot}` : ''}: ${value}`,
    );
    assert.deepEqual(found, expected);
  });

test('readWords() says where the words stand', () => {
  const text = 'Mira, in a torn red cloak, waits';
  for (const { index, text: words } of readWords(text))
    assert.equal(text.slice(index, index + words.length), words);
});

test('readWords() is quick on hostile text', () => {
  const text = `${'red torn '.repeat(20_000)}x`;
  assert.deepEqual(readWords(text), []);
});

test('settingOf(), timeOf() and weatherOf() know every word of their tables', () => {
  for (const word of Object.values(PLACES).flat()) assert.ok(settingOf(word), word);
  for (const word of Object.values(TIMES).flat()) assert.ok(timeOf(word), word);
  for (const word of Object.values(WEATHERS).flat()) assert.ok(weatherOf(word), word);
  assert.equal(settingOf('teapot'), undefined);
});
