import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidRequestError } from '#core/errors.ts';
import { readPairs } from '#core/evaluation/read-pairs.ts';

test('readPairs() reads rows, CRLF, a byte order mark, quotes and blank lines', () => {
  const csv = '\uFEFFa,b,same\r\nmia/1.jpg,mia/2.jpg,1\r\n\r\n"a ""b"", c.jpg", ./x/../d.jpg ,0\r\n';
  assert.deepEqual(readPairs(csv), [
    { a: 'mia/1.jpg', b: 'mia/2.jpg', same: true },
    { a: 'a "b", c.jpg', b: 'd.jpg', same: false },
  ]);
});

const refused: [what: string, csv: string, message: RegExp][] = [
  ['another header', 'x,y,same\n1,2,1', /line 1: the header/],
  ['nothing', '', /line 1: the header/],
  ['a header alone', 'a,b,same\n', /there is no pair/],
  ['two cells', 'a,b,same\np,q,1\np,q', /line 3: it must have three cells/],
  ['four cells', 'a,b,same\np,q,1,x', /line 2: it must have three cells/],
  ['an open quote', 'a,b,same\n"p,q,1', /line 2: it must have three cells/],
  ['another truth', 'a,b,same\np,q,yes', /line 2: "same" must be 0 or 1/],
  ['an empty path', 'a,b,same\n,q,1', /line 2: a photo path is empty/],
  ['an absolute path', 'a,b,same\np,/etc/passwd,1', /line 2: a photo path leaves the root/],
  ['a path upwards', 'a,b,same\np/../../q,q,1', /line 2: a photo path leaves the root/],
];
for (const [what, csv, message] of refused)
  test(`readPairs() refuses ${what} and names the line`, () => {
    assert.throws(
      () => readPairs(csv),
      (error) => error instanceof InvalidRequestError && message.test(error.userMessage),
    );
  });
