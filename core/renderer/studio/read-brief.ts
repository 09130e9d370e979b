import { readWords, settingOf, timeOf, type WordReading, weatherOf } from '#core/domain/scene-lexicon.ts';
import {
  COLOURS,
  MOODS,
  type Mood,
  type Setting,
  type TimeOfDay,
  type Weather,
} from '#core/domain/scene-words.ts';
import { type Rgb, rgb } from './colour.ts';
import type { Condition, Garment, GarmentShape } from './garment.ts';

/** A small piece of clothing. */
export interface Worn {
  readonly words: string;
  readonly colour: Rgb;
}

/** What the studio paints, read from a prompt. */
export interface Brief {
  readonly setting: Setting;
  readonly time: TimeOfDay;
  readonly weather: Weather;
  readonly mood: Mood | undefined;
  readonly garment: Garment;
  readonly headwear: Worn | undefined;
  readonly neckwear: Worn | undefined;
  readonly injuries: readonly string[];
  readonly props: readonly string[];
  /** The scene's own words, lower case. */
  readonly words: string;
}

const SHAPE_WORDS: readonly (readonly [GarmentShape, RegExp])[] = [
  ['space', /space ?suit/],
  ['armour', /armou?r|breastplate|chain ?mail/],
  ['cloak', /cloak|cape|mantle|poncho|shawl/],
  ['robe', /robe|kimono|toga|habit|sari/],
  ['gown', /dress|gown|corset|bodice/],
  ['coat', /coat|jacket|blazer|suit|tuxedo|uniform|parka|duster|anorak|windbreaker|waistcoat|vest/],
  ['knit', /sweater|jumper|pullover|cardigan|hoodie|turtleneck|t-shirt|tee/],
  ['shirt', /./],
];

const CONDITION_WORDS: readonly (readonly [Condition, RegExp])[] = [
  ['torn', /torn|ripped|ragged|tattered|frayed|shredded|worn/],
  ['bloody', /blood/],
  ['muddy', /mud|dirty|dusty|stained/],
  ['wet', /wet|soaked|drenched|dripping/],
  ['burnt', /burn|scorched|singed|charred/],
];

/** Worn where the words name no clothes, by the place. */
const PLAIN_CLOTHES: Readonly<Record<string, readonly [GarmentShape, string]>> = {
  city: ['coat', '#3b4252'],
  space: ['space', '#d9dce0'],
  tundra: ['coat', '#5a4636'],
  desert: ['robe', '#cdb48c'],
  room: ['knit', '#6a7f8c'],
  library: ['knit', '#7a5a48'],
};

/**
 * Reads the scene's words and the "Now:" line of the fixed prompt template, or the whole text where there are no
 * sections. Earlier scenes are told in the template too, and are over.
 */
export function readBrief(prompt: string): Brief {
  const scene = section(prompt, 'USER_SCENE') ?? prompt;
  const now = nowLine(section(prompt, 'RECENT_STATE') ?? '');
  const said = readWords(scene);
  const readings = [...lasting(readWords(now), said), ...said];
  const latest = (kind: WordReading['kind']) =>
    readings.filter((one) => one.kind === kind && one.change === 'holds').at(-1)?.value;
  const setting = settingOf(latest('place') ?? '') ?? 'meadow';
  const worn = current(readings, 'clothing');
  return {
    setting,
    time: timeOf(latest('time') ?? '') ?? 'day',
    weather: weatherOf(latest('weather') ?? '') ?? 'clear',
    mood: moodOf(latest('mood')),
    garment: chooseGarment(worn, setting),
    headwear: wornOf(
      worn.get('head'),
      /crown|tiara|circlet/.test(worn.get('head') ?? '') ? '#d9b04a' : '#8a6a3a',
    ),
    neckwear: wornOf(worn.get('neck'), '#b3262b'),
    injuries: [...current(readings, 'injury').values()],
    props: [...current(readings, 'prop').keys()],
    words: scene.toLowerCase(),
  };
}

function section(prompt: string, name: string): string | undefined {
  const start = prompt.indexOf(`[${name}]`);
  if (start < 0) return undefined;
  const body = prompt.slice(start + name.length + 2);
  const end = body.search(/^\s*\[[A-Z_]+\]/m);
  return end < 0 ? body : body.slice(0, end);
}

function nowLine(state: string): string {
  return state.split('\n').findLast((text) => /^\s*now\b/i.test(text)) ?? '';
}

/**
 * What of the state before a scene is still true in it, as the ledger will have it afterwards: a mood is over, and the
 * weather stayed behind when the scene is somewhere else.
 */
function lasting(before: readonly WordReading[], said: readonly WordReading[]): WordReading[] {
  const placeIn = (readings: readonly WordReading[]) =>
    readings.findLast(({ kind, change }) => kind === 'place' && change === 'holds')?.value;
  const place = placeIn(said);
  const moves = place !== undefined && place !== placeIn(before);
  return before.filter(({ kind }) => kind !== 'mood' && !(moves && kind === 'weather'));
}

function current(readings: readonly WordReading[], kind: WordReading['kind']): Map<string, string> {
  const found = new Map<string, string>();
  for (const one of readings.filter((reading) => reading.kind === kind)) {
    if (one.change === 'holds') found.set(one.slot, one.value);
    else end(found, one);
  }
  return found;
}

/** "The scratch has healed" ends a scratch wherever it was. */
function end(found: Map<string, string>, { slot, value }: WordReading): void {
  found.delete(slot);
  if (slot === '') for (const [where, what] of found) if (what.includes(value)) found.delete(where);
}

function moodOf(value: string | undefined): Mood | undefined {
  // Every value that `readWords()` gives for a mood is a key of MOODS.
  return value !== undefined && value in MOODS ? (value as Mood) : undefined;
}

function chooseGarment(worn: ReadonlyMap<string, string>, setting: Setting): Garment {
  const words = worn.get('outer') ?? worn.get('full') ?? worn.get('upper');
  const beneath = worn.get('outer') ? (worn.get('full') ?? worn.get('upper')) : undefined;
  const plain = PLAIN_CLOTHES[setting] ?? ['shirt', '#7b6a55'];
  const under = colourIn(beneath) ?? rgb('#cfc3ae');
  if (!words) return { shape: plain[0], colour: rgb(plain[1]), under, condition: new Set() };
  const shape = SHAPE_WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'shirt';
  const condition = new Set(
    CONDITION_WORDS.filter(([, pattern]) => pattern.test(words)).map(([name]) => name),
  );
  return { shape, colour: colourIn(words) ?? DEFAULT_COLOUR[shape], under, condition };
}

const DEFAULT_COLOUR: Readonly<Record<GarmentShape, Rgb>> = {
  cloak: rgb('#4a5a4a'),
  coat: rgb('#4a4038'),
  armour: rgb('#9aa2ad'),
  gown: rgb('#7b3f5c'),
  robe: rgb('#44517a'),
  shirt: rgb('#8a7a62'),
  knit: rgb('#7a5a48'),
  space: rgb('#dfe2e6'),
};

function wornOf(words: string | undefined, otherwise: string): Worn | undefined {
  return words === undefined ? undefined : { words, colour: colourIn(words) ?? rgb(otherwise) };
}

function colourIn(words: string | undefined): Rgb | undefined {
  const named = words?.split(/[\s-]+/).find((word) => word in COLOURS);
  return named ? rgb(COLOURS[named] ?? '#808080') : undefined;
}
