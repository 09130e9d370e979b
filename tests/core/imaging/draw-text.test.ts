import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawText, measureText, wrapText } from '#core/imaging/draw-text.ts';

const style = { typeface: 'sans', sizePx: 20, fill: '#000' } as const;

test('drawText() draws letters as paths and never as text', () => {
  const svg = drawText('Miraß & <b>', 0, 20, style);
  assert.ok(!svg.includes('<text'));
  assert.ok(!svg.includes('<b>'));
  assert.equal(svg.match(/<path/g)?.length, 'Miraß&<b>'.length);
});

test('drawText() draws a letter it does not know as a box', () => {
  assert.equal(drawText('龍', 0, 0, style).match(/<path/g)?.length, 1);
});

test('drawText() shifts by its width for anchor end', () => {
  const width = measureText('Mira', style);
  assert.ok(
    drawText('Mira', 200, 0, { ...style, anchor: 'end' }).includes(
      `translate(${Math.round((200 - width) * 10000) / 10000} 0)`,
    ),
  );
});

test('measureText() grows with the text and the size', () => {
  assert.ok(measureText('MM', style) > measureText('M', style));
  assert.equal(measureText('M', { ...style, sizePx: 40 }), measureText('M', style) * 2);
  assert.equal(measureText('', style), 0);
});

test('wrapText() keeps every line within the width, long words too', () => {
  const lines = wrapText(`a cliff at sunset ${'x'.repeat(80)} end`, style, { widthPx: 120, maxLines: 99 });
  assert.ok(lines.length > 3);
  for (const line of lines) assert.ok(measureText(line, style) <= 120, line);
  assert.equal(lines.join('').replaceAll(' ', ''), `acliffatsunset${'x'.repeat(80)}end`);
});

test('wrapText() does not break at a space that does not break', () => {
  const kept = 'two\u00a0three';
  const lines = wrapText(`one ${kept}`, style, { widthPx: measureText(kept, style) + 1, maxLines: 9 });
  assert.deepEqual(lines, ['one', kept]);
});

test('wrapText() ends in an ellipsis when lines run out', () => {
  const lines = wrapText('one two three four five six seven', style, { widthPx: 90, maxLines: 2 });
  assert.equal(lines.length, 2);
  assert.ok(lines[1]?.endsWith('…'));
  assert.ok(measureText(lines[1] ?? '', style) <= 90);
});
