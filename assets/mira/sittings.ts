import { type Backdrop, lights, studio } from './backdrop.ts';
import type { Mood } from './features.ts';
import type { Lamp } from './light.ts';
import type { Pose } from './pose.ts';

/** One picture of Mira. */
export interface Sitting {
  readonly file: string;
  readonly pose: Pose;
  readonly mood: Mood;
  readonly lamps: readonly Lamp[];
  readonly backdrop: Backdrop;
  readonly exposure: number;
}

const lamp = (
  towards: Lamp['towards'],
  spread: number,
  rays: number,
  colour: Lamp['colour'],
  shines = true,
): Lamp => ({
  towards,
  spread,
  rays,
  colour,
  shines,
});

export const SITTINGS: readonly Sitting[] = [
  {
    file: '1.jpg',
    pose: { yaw: 0, pitch: 0, roll: 0, bodyYaw: 8 },
    mood: { smile: 0.55 },
    lamps: [
      lamp([-0.72, 0.92, 0.8], 16, 16, [2.2, 2.09, 1.93]),
      lamp([0.9, 0.1, 0.7], 35, 8, [0.27, 0.29, 0.33], false),
      lamp([0.8, 0.5, -0.75], 18, 6, [0.9, 0.95, 1.05]),
      lamp([0, 1, 0.35], 88, 20, [0.42, 0.44, 0.48], false),
    ],
    backdrop: studio('#a9a79c', '#55595a'),
    exposure: 1,
  },
  {
    file: '2.jpg',
    pose: { yaw: 4, pitch: 1, roll: 4, bodyYaw: -10 },
    mood: { smile: 0.88 },
    lamps: [
      lamp([0.75, 0.78, 0.8], 16, 16, [2.15, 1.72, 1.25]),
      lamp([-0.9, 0, 0.7], 35, 8, [0.34, 0.3, 0.3], false),
      lamp([-0.8, 0.4, -0.75], 18, 6, [1.5, 1.0, 0.55]),
      lamp([0, 1, 0.35], 88, 20, [0.48, 0.42, 0.4], false),
    ],
    backdrop: lights('#3a2416', '#120c0a', ['#ffb45c', '#ff8f3c', '#ffd9a0'], 5),
    exposure: 1,
  },
  {
    file: '3.jpg',
    pose: { yaw: -13, pitch: 1, roll: -3, bodyYaw: -22 },
    mood: { smile: 0.55 },
    lamps: [
      lamp([-0.75, 0.7, 0.75], 22, 16, [1.6, 1.62, 1.66]),
      lamp([0.8, 0.1, 0.8], 35, 8, [0.4, 0.42, 0.38], false),
      lamp([0.7, 0.6, -0.7], 18, 6, [1.3, 1.25, 1.0]),
      lamp([0, 1, 0.35], 88, 20, [0.55, 0.6, 0.62], false),
    ],
    backdrop: lights('#9fb7a8', '#2e4a3c', ['#d8efc8', '#f4ffe0', '#86b98f'], 9),
    exposure: 1,
  },
];
