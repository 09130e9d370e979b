import { clothOf, line, path } from './garment.ts';
import type { Look } from './look.ts';

/** A light that a prop gives, in face units from the chin. */
export interface PropLamp {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Where there is more room beside the character: -1 left, 1 right. */
export type Side = -1 | 1;

export interface PropDrawing {
  readonly behind: string;
  readonly front: string;
  readonly lamps: readonly PropLamp[];
}

const STEEL: readonly [number, number, number] = [0.74, 0.77, 0.83];
const WOOD: readonly [number, number, number] = [0.42, 0.29, 0.19];

/** Draws what the character holds on `side`, clear of the face. Props that it cannot draw are left out. */
export function drawProps(props: readonly string[], look: Look, side: Side): PropDrawing {
  const drawn = props.flatMap((prop) => {
    const kind = KINDS.find(([pattern]) => pattern.test(prop));
    return kind ? [kind[1](look, side)] : [];
  });
  return {
    behind: drawn.map(({ behind }) => behind ?? '').join(''),
    front: drawn.map(({ front }) => front ?? '').join(''),
    lamps: drawn.flatMap(({ lamps }) => lamps ?? []),
  };
}

const KINDS: readonly (readonly [RegExp, (look: Look, side: Side) => Partial<PropDrawing>])[] = [
  [/sword|dagger|knife/, sword],
  [/lantern|lamp|candle/, lantern],
  [/torch/, torch],
  [/umbrella|parasol/, umbrella],
  [/staff|spear|wand|cane|walking stick/, staff],
  [/flower|rose|bouquet/, bouquet],
];

function sword(look: Look, side: Side): Partial<PropDrawing> {
  const steel = clothOf(STEEL, look);
  const grip = clothOf(WOOD, look);
  const blade =
    path('M-.09 .3L-.09 -2.3L0 -2.6L.09 -2.3L.09 .3Z', steel.base) +
    path('M0 -2.6L.09 -2.3L.09 .3L0 .3Z', steel.lit) +
    line('M0 .2L0 -2.3', steel.dark, 0.02);
  const hilt =
    path('M-.36 .3C-.2 .24 .2 .24 .36 .3L.36 .4C.2 .36 -.2 .36 -.36 .4Z', '#b98f3c') +
    path('M-.07 .4L.07 .4L.06 .9L-.06 .9Z', grip.base) +
    '<circle cx="0" cy=".96" r=".1" fill="#b98f3c"/>';
  return {
    behind: `<g transform="translate(${side * 1.5} .95) rotate(${side * 9})">${blade}${hilt}</g>`,
  };
}

function lantern(_look: Look, side: Side): Partial<PropDrawing> {
  const x = side * 1.5;
  const iron = '#2a2320';
  const body = `${line('M-.2 -.34C-.2 -.62 .2 -.62 .2 -.34', iron, 0.04)}${path('M-.2 -.3L.2 -.3L.26 .3L-.26 .3Z', '#ffd98e')}${path('M-.1 .26C-.14 0 0 -.06 0 -.2C.08 -.04 .14 .04 .1 .26Z', '#fff6dc')}${path('M-.28 -.3L.28 -.3L.14 -.44L-.14 -.44ZM-.3 .28L.3 .28L.3 .38L-.3 .38Z', iron)}${line('M0 -.3L0 .3M-.2 -.3L-.26 .3M.2 -.3L.26 .3', iron, 0.03)}`;
  return {
    front: `<g transform="translate(${x} .72)">${body}</g>`,
    lamps: [
      { x, y: 0.72, radius: 0.3 },
      { x, y: 0.72, radius: 0.85 },
    ],
  };
}

function torch(look: Look, side: Side): Partial<PropDrawing> {
  const wood = clothOf(WOOD, look);
  const x = side * 1.46;
  const stick = path('M-.07 -.1L.07 -.1L.05 1.6L-.05 1.6Z', wood.base);
  const flame =
    path('M-.16 -.06C-.3 -.4 -.06 -.5 -.04 -.9C.2 -.66 .3 -.3 .16 -.06Z', '#f4822b') +
    path('M-.09 -.06C-.16 -.26 0 -.36 0 -.6C.14 -.4 .16 -.2 .09 -.06Z', '#ffd45e');
  return {
    behind: `<g transform="translate(${x} .2) rotate(${side * 6})">${stick}${flame}</g>`,
    lamps: [
      { x, y: -0.1, radius: 0.32 },
      { x, y: -0.1, radius: 0.95 },
    ],
  };
}

function umbrella(look: Look, side: Side): Partial<PropDrawing> {
  const cloth = clothOf([0.66, 0.18, 0.2], look);
  const dome =
    'M-2.1 .1C-2 -1 -1 -1.5 0 -1.5C1 -1.5 2 -1 2.1 .1C1.8 -.16 1.4 -.16 1.05 .1C.72 -.16 .35 -.16 0 .1C-.35 -.16 -.72 -.16 -1.05 .1C-1.4 -.16 -1.8 -.16 -2.1 .1Z';
  const ribs = 'M0 -1.5C-.7 -1 -1 -.4 -1.05 .1M0 -1.5C.7 -1 1 -.4 1.05 .1M0 -1.5L0 .1';
  const shaded = path(
    'M0 -1.5C1 -1.5 2 -1 2.1 .1C1.8 -.16 1.4 -.16 1.05 .1C1 -.4 .7 -1 0 -1.5Z',
    side > 0 ? cloth.dark : cloth.lit,
    'fill-opacity=".6"',
  );
  return {
    behind: `<g transform="translate(${side * 0.5} -1.25) rotate(${side * 12})">${line('M0 -1.6L0 4', '#2b2522', 0.06)}${path(dome, cloth.base)}${shaded}${line(ribs, cloth.deep, 0.025, 0.8)}</g>`,
  };
}

function staff(look: Look, side: Side): Partial<PropDrawing> {
  const wood = clothOf(WOOD, look);
  return {
    behind: `<g transform="translate(${side * 1.55} 0) rotate(${side * 5})">${line('M0 -1.7L0 4', wood.dark, 0.14)}${line(`M${-side * 0.03} -1.7L${-side * 0.03} 4`, wood.lit, 0.04, 0.7)}${line('M0 -1.7C-.3 -1.9 -.2 -2.3 .1 -2.24', wood.base, 0.11)}</g>`,
  };
}

function bouquet(look: Look, side: Side): Partial<PropDrawing> {
  const petals = ['#c8485f', '#e8c46a', '#dfe4f2', '#b06ac0', '#e58a5a'];
  const blooms = Array.from({ length: 13 }, (_, n) => {
    const x = Math.cos(n * 2.4) * 0.11 * Math.sqrt(n);
    const y = Math.sin(n * 2.4) * 0.1 * Math.sqrt(n);
    const paint = clothOf([0.5 + (n % 3) * 0.1, 0.6, 0.4], look);
    return `<circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r=".11" fill="${petals[n % 5]}"/><circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r=".04" fill="${paint.dark}"/>`;
  }).join('');
  return {
    front: `<g transform="translate(${side * 0.9} 1.15)">${path('M-.3 .1L.3 .1L.08 .9L-.08 .9Z', '#4f7042')}${blooms}</g>`,
  };
}
