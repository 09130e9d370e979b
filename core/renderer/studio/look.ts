import type { Mood, Setting, TimeOfDay, Weather } from '#core/domain/scene-words.ts';
import { blend, type Rgb, rgb, saturate, shade, tint } from './colour.ts';

/** Where the light of a picture comes from and what it does to everything in it. */
export interface Look {
  readonly time: TimeOfDay;
  readonly weather: Weather;
  /** Sky colours from the zenith to the horizon. */
  readonly sky: readonly [Rgb, Rgb, Rgb];
  readonly light: {
    readonly kind: 'sun' | 'moon' | 'lamp';
    /** Position as a share of width and height. */
    readonly x: number;
    readonly y: number;
    readonly colour: Rgb;
    /** 0 hidden, 1 blazing. */
    readonly strength: number;
  };
  /** Colour of unlit sides: multiplies paint. */
  readonly ambient: Rgb;
  /** What distance fades into, and how much of it there is, in [0, 1]. */
  readonly haze: Rgb;
  readonly hazeAmount: number;
  readonly cloud: { readonly cover: number; readonly lit: Rgb; readonly dark: Rgb };
  /** Share of stars seen, in [0, 1]. */
  readonly stars: number;
  /** What near, unlit silhouettes are painted with. */
  readonly ink: Rgb;
}

interface Hour {
  readonly sky: readonly [string, string, string];
  readonly light: string;
  readonly height: number;
  readonly strength: number;
  readonly ambient: string;
  readonly haze: string;
  readonly cloudLit: string;
  readonly cloudDark: string;
  readonly stars: number;
  readonly ink: string;
}

const HOURS: Readonly<Record<TimeOfDay, Hour>> = {
  dawn: {
    sky: ['#4a5f96', '#d49aa4', '#ffdcae'],
    light: '#ffd9a0',
    height: 0.4,
    strength: 0.8,
    ambient: '#cfc0d6',
    haze: '#eec3b2',
    cloudLit: '#ffd8bd',
    cloudDark: '#8d7ba3',
    stars: 0.12,
    ink: '#2f3350',
  },
  day: {
    sky: ['#2c67ad', '#76b1dc', '#dcecef'],
    light: '#fff3d6',
    height: 0.17,
    strength: 0.72,
    ambient: '#dfe8ee',
    haze: '#c9dfe8',
    cloudLit: '#fffaf0',
    cloudDark: '#9db6cc',
    stars: 0,
    ink: '#28413f',
  },
  sunset: {
    sky: ['#2c2d66', '#c0566c', '#ffb054'],
    light: '#ffc069',
    height: 0.37,
    strength: 1,
    ambient: '#d9b3ac',
    haze: '#ef9f6b',
    cloudLit: '#ffb877',
    cloudDark: '#663d6e',
    stars: 0.08,
    ink: '#2a1c38',
  },
  dusk: {
    sky: ['#12183f', '#43407e', '#d07f86'],
    light: '#f2a58c',
    height: 0.5,
    strength: 0.5,
    ambient: '#a9a4cc',
    haze: '#8c6a93',
    cloudLit: '#c98794',
    cloudDark: '#2d2d5c',
    stars: 0.45,
    ink: '#151a38',
  },
  night: {
    sky: ['#060b20', '#10214f', '#2d5680'],
    light: '#cfe0ff',
    height: 0.2,
    strength: 0.62,
    ambient: '#8b9ccb',
    haze: '#274a73',
    cloudLit: '#5d79a8',
    cloudDark: '#0c1531',
    stars: 1,
    ink: '#070c1c',
  },
};

const INDOOR_LIGHT = '#ffc98a';
const INDOORS: readonly Setting[] = ['tavern', 'library', 'room', 'cave'];

export function isIndoors(setting: Setting): boolean {
  return INDOORS.includes(setting);
}

/**
 * Chooses colours and light for a scene. `lightX` is the light's place from left to right, in [0, 1].
 */
export function chooseLook(
  scene: { setting: Setting; time: TimeOfDay; weather: Weather; mood: Mood | undefined },
  lightX: number,
): Look {
  const hour = HOURS[scene.time];
  const gloom = gloomOf(scene.weather, scene.mood);
  const grey = scene.weather === 'snow' ? rgb('#c3cdd8') : shade(rgb('#7d8a99'), greyLevel(scene.time));
  const overcast = (colour: string, amount: number) => blend(rgb(colour), grey, gloom * amount);
  const indoors = isIndoors(scene.setting);
  return {
    time: scene.time,
    weather: scene.weather,
    sky: [overcast(hour.sky[0], 0.75), overcast(hour.sky[1], 0.7), overcast(hour.sky[2], 0.55)],
    light: {
      kind: indoors ? 'lamp' : scene.time === 'night' ? 'moon' : 'sun',
      x: lightX,
      y: hour.height,
      colour: indoors ? rgb(INDOOR_LIGHT) : overcast(hour.light, 0.5),
      strength: indoors ? 0.8 : hour.strength * (1 - gloom * 0.75),
    },
    ambient: indoors ? rgb('#d8b79a') : overcast(hour.ambient, 0.4),
    haze: overcast(hour.haze, 0.6),
    hazeAmount: scene.weather === 'fog' ? 1 : 0.55 + gloom * 0.25,
    cloud: {
      cover: CLOUD_COVER[scene.weather],
      lit: overcast(hour.cloudLit, 0.6),
      dark: overcast(hour.cloudDark, 0.4),
    },
    stars: hour.stars * (1 - gloom),
    ink: saturate(rgb(hour.ink), 1 - gloom * 0.4),
  };
}

const CLOUD_COVER: Readonly<Record<Weather, number>> = {
  clear: 0.34,
  wind: 0.5,
  cloudy: 0.75,
  fog: 0.6,
  snow: 0.7,
  rain: 0.82,
  storm: 0.95,
};

function gloomOf(weather: Weather, mood: Mood | undefined): number {
  const byWeather = { clear: 0, wind: 0.15, cloudy: 0.5, fog: 0.6, snow: 0.6, rain: 0.75, storm: 0.9 }[
    weather
  ];
  const byMood = mood === 'sad' || mood === 'afraid' || mood === 'mysterious' || mood === 'lonely' ? 0.2 : 0;
  return Math.min(1, byWeather + byMood);
}

function greyLevel(time: TimeOfDay): number {
  return { dawn: 0.95, day: 1.1, sunset: 0.8, dusk: 0.5, night: 0.28 }[time];
}

/** How bright unlit paint looks at each hour. */
const PAINT_LEVEL: Readonly<Record<TimeOfDay, number>> = {
  dawn: 0.8,
  day: 1,
  sunset: 0.66,
  dusk: 0.46,
  night: 0.27,
};

/** What a paint looks like in the open at this hour. */
export function inLight(colour: string, look: Look): Rgb {
  return shade(tint(rgb(colour), look.ambient), PAINT_LEVEL[look.time]);
}

/** Whether people have lit their lamps. */
export function isLamplit(look: Look): boolean {
  return look.time === 'night' || look.time === 'dusk' || look.weather === 'storm' || look.weather === 'fog';
}
