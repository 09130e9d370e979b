import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Story, type StoryScene, storyPage } from '#cli/story-page.ts';

const scene: StoryScene = {
  imageSrc: 'scene-1.jpg',
  prompt: 'on a cliff',
  idr: 0.8,
  confidence: 0.9,
  band: 'strong',
  takes: 1,
  changes: [{ change: 'begins', kind: 'clothing', value: 'torn red cloak' }],
};

function story(more: Partial<StoryScene> = {}, name = 'Mira'): Story {
  return {
    character: { name, portraitSrc: 'mira.jpg' },
    encoder: { id: 'bundled/face-api-128@1', moderate: 0.4, strong: 0.6 },
    scenes: [{ ...scene, ...more }],
  };
}

test('storyPage() shows score, band, takes and what changed', () => {
  const page = storyPage(story({ takes: 2 }));
  for (const part of [
    '0.80',
    'strong',
    '90 % same person',
    '2 takes',
    'torn red cloak',
    'alt="Mira: on a cliff"',
  ])
    assert.ok(page.includes(part), part);
});

test('storyPage() escapes everything that people write', () => {
  const evil = '"><script>alert(1)</script>\'&';
  const page = storyPage(
    story(
      {
        prompt: evil,
        imageSrc: evil,
        reason: evil,
        idr: null,
        confidence: null,
        band: 'n/a',
        changes: [{ change: 'ends', kind: evil, value: evil }],
      },
      evil,
    ),
  );
  assert.ok(!page.includes('<script'));
  assert.ok(!page.includes(evil));
});

test('storyPage() needs no script and no other file', () => {
  const page = storyPage(story());
  assert.ok(!/<script|<link|@import|https?:/.test(page));
});

test('storyPage() says why a scene has no score and leaves it out of the line', () => {
  const page = storyPage(story({ idr: null, confidence: null, band: 'n/a', reason: 'profile' }));
  assert.ok(page.includes('not scored: profile'));
  assert.ok(page.includes('points=""'));
  assert.ok(page.includes('1 (n/a)'));
});

test('storyPage() draws a point of the chart for every scored scene', () => {
  const page = storyPage({
    ...story(),
    scenes: [scene, { ...scene, idr: -0.2, band: 'weak' }, { ...scene, idr: 0.5, band: 'moderate' }],
  });
  assert.equal(page.match(/<circle/g)?.length, 3);
  assert.ok(page.includes('scene 2: -0.20'));
});
