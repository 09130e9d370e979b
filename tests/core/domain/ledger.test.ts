import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '#core/domain/ids.ts';
import { applyObservations } from '#core/domain/ledger.ts';
import { readWords } from '#core/domain/scene-lexicon.ts';
import type { Observation, State } from '#core/domain/state.ts';

const characterId = newId('char');

/** Plays a story sentence by sentence and returns the values that hold after each. */
function play(...sentences: string[]): string[][] {
  let state: State = [];
  return sentences.map((sentence) => {
    const observations = readWords(sentence).map(
      ({ change, kind, slot, value, text }): Observation => ({
        change,
        kind,
        slot,
        value,
        evidence: { source: 'prompt', text },
      }),
    );
    ({ state } = applyObservations(state, observations, { id: newId('scene'), characterId }));
    return state.map(({ value }) => value);
  });
}

test('applyObservations() keeps clothing until something else fills its slot', () => {
  const [first, second, third] = play(
    'wears a torn red cloak and boots',
    'fights a dragon',
    'puts on a blue cloak',
  );
  assert.ok(first?.includes('torn red cloak'));
  assert.ok(second?.includes('torn red cloak'));
  assert.ok(third?.includes('blue cloak') && third.includes('boots'));
  assert.ok(!third?.includes('torn red cloak'));
});

test('applyObservations() keeps an injury until words heal it', () => {
  const [hurt, later, healed] = play(
    'has a scratch on her cheek',
    'rests in a tavern',
    'the scratch has healed',
  );
  assert.ok(hurt?.some((value) => value.includes('scratch')));
  assert.ok(later?.some((value) => value.includes('scratch')));
  assert.ok(!healed?.some((value) => value.includes('scratch')));
});

test('applyObservations() lets a prop go when it is dropped', () => {
  const [armed, unarmed] = play('draws a sword', 'drops the sword and runs');
  assert.ok(armed?.includes('sword'));
  assert.ok(!unarmed?.includes('sword'));
});

test('applyObservations() has one place at a time, and its weather goes with it', () => {
  const [forest, tavern] = play('walks through a forest in the rain', 'enters a tavern');
  assert.ok(forest?.some((value) => value.includes('rain')));
  assert.ok(tavern?.some((value) => value.includes('tavern')));
  assert.ok(!tavern?.some((value) => value.includes('forest') || value.includes('rain')));
});

test('applyObservations() keeps the weather that is said together with a new place', () => {
  const [, forest] = play('walks by the sea in the rain', 'walks through a snowy forest');
  assert.ok(forest?.includes('snowy') && !forest.some((value) => value.includes('rain')));
});

test('applyObservations() lets a mood last for its scene only', () => {
  const [happy, after] = play('smiles happily at the market', 'buys bread');
  assert.ok((happy?.length ?? 0) > (after?.length ?? 0));
});

test('applyObservations() keeps the first scene of a fact that is said again', () => {
  const [one, two] = [newId('scene'), newId('scene')];
  const cloak: Observation = {
    change: 'holds',
    kind: 'clothing',
    slot: 'outer',
    value: 'red cloak',
    evidence: { source: 'prompt', text: 'red cloak' },
  };
  const first = applyObservations([], [cloak], { id: one, characterId });
  const second = applyObservations(first.state, [cloak], { id: two, characterId });
  assert.deepEqual(
    first.changes.map(({ change }) => change),
    ['begins'],
  );
  assert.deepEqual(
    second.changes.map(({ change }) => change),
    ['continues'],
  );
  assert.equal(second.state[0]?.firstSceneId, one);
  assert.equal(second.state[0]?.lastSceneId, two);
});
