import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FivePoints, Point } from '#core/domain/face.ts';
import { yawDegrees } from '#gpu-worker/yaw-degrees.ts';

/** A mean head in mm: eyes 63 apart, nose tip 37 before them, mouth 66 below; z towards the viewer. */
const HEAD: readonly [number, number, number][] = [
  [-31.5, 0, 0],
  [31.5, 0, 0],
  [0, 36, 37],
  [-25, 66, 8],
  [25, 66, 8],
];

/** How that head looks turned by `yaw` to the image's right and tilted by `roll`, in degrees. */
function look(yaw: number, roll = 0): FivePoints {
  const [turn, tilt] = [(yaw * Math.PI) / 180, (roll * Math.PI) / 180];
  const [a, b, c, d, e] = HEAD.map(([x, y, z]): Point => {
    const u = x * Math.cos(turn) + z * Math.sin(turn);
    return [300 + u * Math.cos(tilt) - y * Math.sin(tilt), 200 + u * Math.sin(tilt) + y * Math.cos(tilt)];
  });
  if (!a || !b || !c || !d || !e) throw new RangeError('a head has five points');
  return [a, b, c, d, e];
}

test('yawDegrees() measures how far a head is turned', () => {
  for (const yaw of [-60, -45, -30, -15, 0, 10, 20, 40, 55, 70]) {
    const measured = yawDegrees(look(yaw));
    assert.ok(Math.abs(measured - yaw) < 6, `${yaw} measured as ${measured}`);
  }
});

test('yawDegrees() is not misled by a tilted head', () => {
  for (const roll of [-40, -20, 20, 40]) {
    assert.ok(Math.abs(yawDegrees(look(0, roll))) < 6);
    assert.ok(Math.abs(yawDegrees(look(30, roll)) - 30) < 6);
  }
});

test('yawDegrees() reads points that no head shows as a profile', () => {
  const [leftEye, rightEye, nose] = look(0);
  const astray = yawDegrees([leftEye, rightEye, nose, [360, 240], [400, 250]]);
  assert.equal(Math.abs(astray), 90);
  assert.equal(yawDegrees([leftEye, leftEye, nose, [290, 260], [310, 260]]), 90);
});
