import {
  BODY_PARTS,
  CLOTHING,
  CLOTHING_SLOTS,
  COLOURS,
  CONDITIONS,
  INJURIES,
  MATERIALS,
  MOODS,
  PLACES,
  PROPS,
  type Setting,
  TIMES,
  type TimeOfDay,
  WEATHERS,
  type Weather,
} from './scene-words.ts';
import type { FactKind } from './state.ts';

/** One thing that a text says is, or is no longer, true of the character in it. */
export interface WordReading {
  readonly change: 'holds' | 'ends';
  readonly kind: FactKind;
  /** Clothing: the body slot; injury: the body part or ''; prop: the noun; else ''. */
  readonly slot: string;
  /** In the ledger's words: "torn red cloak", "cut on the left arm", "angry". */
  readonly value: string;
  /** The words as they were written. */
  readonly text: string;
  /** Where they begin, in UTF-16 units. */
  readonly index: number;
}

const MODIFIER = alternatives([...Object.keys(COLOURS), ...MATERIALS, ...CONDITIONS]);
const NP_HEAD = `(?:(?:${MODIFIER})(?:,? and |, | |-)){0,5}`;
const CONDITION = alternatives(CONDITIONS);
const SLOT_OF = new Map(
  CLOTHING_SLOTS.flatMap((slot) => CLOTHING[slot].map((noun) => [noun, slot] as const)),
);
const DETERMINER = '(?:a|an|the|her|his|their|my|your|its|this|that|another)';
const PART = `(?:(?:left|right|upper|lower) )?(?:${alternatives(BODY_PARTS)})s?`;

const CLOTHES = new RegExp(`\\b(${NP_HEAD})(${alternatives([...SLOT_OF.keys()])})(?:s|es)?\\b`, 'gi');
const LATER_CONDITION = new RegExp(
  `^(?: (?:is|are|was|were|gets|got|now|all|looks|hangs|becomes|still)){0,3} (${CONDITION})(?: and (${CONDITION}))?\\b`,
  'i',
);
const THINGS = new RegExp(`\\b(${NP_HEAD})(${alternatives(PROPS)})s?\\b`, 'gi');
const WOUNDS = new RegExp(
  `\\b(?:(?:deep|small|fresh|bad|long|shallow|bleeding|old|new|thin|nasty|minor) )?(${alternatives(INJURIES)})s?\\b(?: (?:on|across|over|along|to|in|above|below|under|at|around) (?:the |her |his |their |my |one |an? )?(${PART})\\b)?`,
  'gi',
);
const HURT = 'wounded|bandaged|bruised|scratched|bleeding|burnt|broken|sprained';
const HURT_PARTS = new RegExp(`\\b(?:(${HURT}) (${PART})|(${PART}) (?:is|are) (${HURT}))\\b`, 'gi');

/** Words that read as something else unless an article, possessive or adjective stands before them. */
const AMBIGUOUS = new Set([
  'tie',
  'dress',
  'suit',
  'ring',
  'habit',
  'cut',
  'burn',
  'bite',
  'limp',
  'mask',
  'collar',
  'bow',
  'scratch',
  'wound',
  'bruise',
]);

const ENDS_BEFORE =
  /\b(?:without|no|not|never|no longer|lacks?|lacking|takes? off|took off|taking off|pulls? off|throws? off|threw off|removes?|removed|removing|drops?|dropped|dropping|loses?|lost|losing|sheds?|discards?|discarded|throws? away|threw away|sets? down|puts? (?:down|away)|gives? away|hands? over|leaves? behind|left behind|leaves|left|leaving|breaks|heals?|healed|doesn't|isn't)\b/gi;
const HOLDS_BEFORE =
  /\b(?:wears?|wearing|wore|dressed|puts? on|putting on|dons?|donning|with|holds?|holding|carr(?:y|ies|ying)|picks? up|takes|took|draws?|drawing|raises?|raising|lifts?|lifting|grips?|gripping|wields?|wielding|swings?|swinging|waves?|waving|clutch(?:es|ing)?|lights|lighting|opens|reads?|reading|plays?|playing|under|finds?|found|grabs?|has|gets|in|on|at|into|to|towards?|through|enters?|reaches|now|keeps?)\b/gi;
const ENDS_AFTER =
  /^ (?:(?:is|are|was|were|has|have|had) (?:now )?over\b|(?:(?:is|are|was|were|has|have|had) )?(?:now )?(?:gone|lost|off|healed|closed|passed|cleared|stopped|ended|broken off)\b|heals?\b|closes?\b|fades?\b|falls? (?:off|away)\b|slips? (?:off|away)\b|stops?\b|ends?\b|passes\b|lifts?\b|clears?\b|dies down\b)/i;
const POSSESSED = /\b(?:her|his|their|my|your)(?: [\w-]+){0,3}? $/i;
const HOLDING =
  /\b(?:with|holds?|holding|carr(?:y|ies|ying)|picks? up|takes|took|draws?|drawing|raises?|raising|lifts?|lifting|grips?|gripping|wields?|wielding|swings?|swinging|waves?|waving|clutch(?:es|ing)?|lights|lighting|opens|opening|reads?|reading|plays?|playing|under|finds?|grabs?|has|using|uses)\b[^.;!?]{0,40}$/i;
const LOCATIVE =
  /\b(?:in|on|at|through|into|to|inside|near|by|across|over|above|atop|onto|along|towards?|before|outside|enters?|reaches|climbs|of)(?: [\w-]+){0,3} $/i;

/**
 * Finds what a scene's words say of clothing, injuries, props, mood, place, time of day and weather, in the order of
 * the text; the ledger and the preview painter both read a scene this way when no model does.
 *
 * text: English, any case. A place counts once a sentence (the first that is reached by a preposition).
 * An unknown text gives an empty list.
 */
export function readWords(text: string): WordReading[] {
  return [
    ...readClothing(text),
    ...readInjuries(text),
    ...readProps(text),
    ...readPlaces(text),
    ...readGroups(text, 'mood', MOODS, (group) => group),
    ...readGroups(text, 'time', TIMES, (_, word) => word),
    ...readGroups(text, 'weather', WEATHERS, (_, word) => word),
  ].sort((a, b) => a.index - b.index);
}

export function settingOf(place: string): Setting | undefined {
  return groupOf(PLACES, place);
}

export function timeOf(word: string): TimeOfDay | undefined {
  return groupOf(TIMES, word);
}

export function weatherOf(word: string): Weather | undefined {
  return groupOf(WEATHERS, word);
}

function readClothing(text: string): WordReading[] {
  return [...text.matchAll(CLOTHES)].flatMap((match) => {
    const noun = (match[2] ?? '').toLowerCase();
    if (isVerbLike(text, match, noun)) return [];
    const after = text.slice(match.index + match[0].length);
    const later = LATER_CONDITION.exec(after);
    const value = [later?.[1], later?.[2], match[0]].filter(Boolean).join(' ');
    return [reading(text, match, { kind: 'clothing', slot: SLOT_OF.get(noun) ?? '', value })];
  });
}

function readInjuries(text: string): WordReading[] {
  const named = [...text.matchAll(WOUNDS)].flatMap((match) => {
    const noun = (match[1] ?? '').toLowerCase();
    const part = match[2]?.toLowerCase() ?? '';
    if (!part && isVerbLike(text, match, noun)) return [];
    return [
      reading(text, match, { kind: 'injury', slot: part, value: part ? `${noun} on the ${part}` : noun }),
    ];
  });
  const hurt = [...text.matchAll(HURT_PARTS)].map((match) => {
    const slot = (match[2] ?? match[3] ?? '').toLowerCase();
    return reading(text, match, { kind: 'injury', slot, value: `${match[1] ?? match[4]} ${slot}` });
  });
  return [...named, ...hurt.filter((one) => !named.some((other) => overlaps(one, other)))];
}

function readProps(text: string): WordReading[] {
  return [...text.matchAll(THINGS)].flatMap((match) => {
    const noun = (match[2] ?? '').toLowerCase();
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    const found = reading(text, match, { kind: 'prop', slot: noun, value: match[0] });
    const held = POSSESSED.test(before) || HOLDING.test(before) || /^ in (?:\w+ )?hands?\b/i.test(after);
    return held || found.change === 'ends' ? [found] : [];
  });
}

function readPlaces(text: string): WordReading[] {
  const named = readGroups(text, 'place', PLACES, (_, word) => word);
  // Of "a sea cliff" the last word is the place.
  const all = named.filter(
    (found) => !named.some((next) => next.index === found.index + found.text.length + 1),
  );
  const holding = new Map<number, WordReading>();
  for (const found of all.filter(({ change }) => change === 'holds')) {
    const sentence = text.slice(0, found.index).split(/[.;!?]|\bthen\b/i).length;
    const best = holding.get(sentence);
    if (!best || (!isReached(text, best) && isReached(text, found))) holding.set(sentence, found);
  }
  return all.filter((found) => found.change === 'ends' || [...holding.values()].includes(found));
}

function isReached(text: string, found: WordReading): boolean {
  return LOCATIVE.test(text.slice(0, found.index));
}

function readGroups(
  text: string,
  kind: FactKind,
  groups: Readonly<Record<string, readonly string[]>>,
  toValue: (group: string, word: string) => string,
): WordReading[] {
  const pattern = new RegExp(`\\b(${alternatives(Object.values(groups).flat())})s?(?![\\w-])`, 'gi');
  return [...text.matchAll(pattern)].map((match) => {
    const word = (match[1] ?? '').toLowerCase();
    return reading(text, match, { kind, slot: '', value: toValue(groupOf(groups, word) ?? word, word) });
  });
}

function reading(
  text: string,
  match: RegExpExecArray,
  fact: { kind: FactKind; slot: string; value: string },
): WordReading {
  const change = endsHere(text, match) ? 'ends' : 'holds';
  return { change, ...fact, value: tidy(fact.value), text: match[0], index: match.index };
}

/** The nearest verb or preposition before the words in their clause decides, unless one after them ends it. */
function endsHere(text: string, match: RegExpExecArray): boolean {
  if (ENDS_AFTER.test(text.slice(match.index + match[0].length))) return true;
  const clause =
    text
      .slice(0, match.index)
      .split(/[.;!?:\n]|\bbut\b|\bthen\b/i)
      .at(-1)
      ?.slice(-60) ?? '';
  return lastIndex(clause, ENDS_BEFORE) > lastIndex(clause, HOLDS_BEFORE);
}

function lastIndex(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].reduce(
    (last, found) => Math.max(last, found.index + found[0].length),
    -1,
  );
}

function isVerbLike(text: string, match: RegExpExecArray, noun: string): boolean {
  const bare = match[0].toLowerCase() === noun || match[0].toLowerCase() === `${noun}s`;
  const named = new RegExp(`\\b${DETERMINER}(?: [\\w-]+)? $`, 'i').test(text.slice(0, match.index));
  return AMBIGUOUS.has(noun) && bare && !named && !/:\s*$/.test(text.slice(0, match.index));
}

function overlaps(a: WordReading, b: WordReading): boolean {
  return a.index < b.index + b.text.length && b.index < a.index + a.text.length;
}

function tidy(value: string): string {
  return value
    .toLowerCase()
    .replaceAll(/,? and |, /g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function groupOf<Group extends string>(
  groups: Readonly<Record<Group, readonly string[]>>,
  word: string,
): Group | undefined {
  const entries = Object.entries<readonly string[]>(groups);
  // `Object.entries` widens keys to string; they are the record's own.
  return entries.find(([, list]) => list.includes(word.toLowerCase()))?.[0] as Group | undefined;
}

/** Longest first, so that "leather jacket" is not read as "jacket". */
function alternatives(list: readonly string[]): string {
  return [...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[-/\\^$*+?.()|[\]{}]/g, '\\$&'))
    .join('|');
}
