import { type CharacterId, newId, type SceneId } from './ids.ts';
import type { FactKind, Observation, State, StateChange, StateFact } from './state.ts';

/** Kinds of which one value rules at a time: a new one replaces the old, whatever its slot. */
const SINGLE: ReadonlySet<FactKind> = new Set(['mood', 'place', 'time', 'weather']);
/** Kinds that belong to the moment: they end with the scene that does not say them again. */
const PASSING: ReadonlySet<FactKind> = new Set(['mood']);

/**
 * Carries the state over one scene.
 *
 * A value of the same slot replaces the old one, injuries and props stay until words end them, place, time and weather
 * until they are replaced (weather also when the place changes), a mood lasts for its scene. A fact that is said again
 * keeps its first scene. Facts read from a picture never replace what words said.
 */
export function applyObservations(
  state: State,
  observations: readonly Observation[],
  scene: { readonly id: SceneId; readonly characterId: CharacterId },
): { state: State; changes: StateChange[] } {
  let facts: StateFact[] = [...state];
  const changes: StateChange[] = [];
  const record = (change: StateChange['change'], fact: StateFact) =>
    changes.push({ change, characterId: scene.characterId, fact });
  const end = (doomed: (fact: StateFact) => boolean) => {
    for (const fact of facts.filter(doomed)) record('ends', fact);
    facts = facts.filter((fact) => !doomed(fact));
  };

  for (const observation of placesFirst(observations)) {
    const same = (fact: StateFact) => fact.kind === observation.kind && sameThing(fact, observation);
    if (observation.change === 'ends') {
      end(same);
      continue;
    }
    const held = facts.find((fact) => same(fact) && fact.value === observation.value);
    if (held) {
      const continued = { ...held, lastSceneId: scene.id };
      facts = facts.map((fact) => (fact.id === held.id ? continued : fact));
      record('continues', continued);
      continue;
    }
    end((fact) => isReplacedBy(fact, observation));
    const { kind, slot, value, evidence } = observation;
    const fact: StateFact = {
      id: newId('fact'),
      kind,
      slot,
      value,
      firstSceneId: scene.id,
      lastSceneId: scene.id,
      evidence,
    };
    facts.push(fact);
    record('begins', fact);
  }
  end((fact) => PASSING.has(fact.kind) && fact.lastSceneId !== scene.id);
  return {
    state: facts.map((fact) => ({ ...fact, lastSceneId: scene.id })),
    changes: withoutMoments(changes),
  };
}

/** A new place ends the old weather, so it must not come after what is said of its own weather. */
function placesFirst(observations: readonly Observation[]): Observation[] {
  const isPlace = ({ kind }: Observation) => kind === 'place';
  return [...observations.filter(isPlace), ...observations.filter((one) => !isPlace(one))];
}

/** What begins and ends within one scene was never true after one. */
function withoutMoments(changes: readonly StateChange[]): StateChange[] {
  const has = (id: string, change: StateChange['change']) =>
    changes.some((one) => one.fact.id === id && one.change === change);
  return changes.filter(({ fact }) => !(has(fact.id, 'begins') && has(fact.id, 'ends')));
}

/** Clothing that gives a bust its colour: when it changes, a colour seen in an earlier picture says nothing more. */
export const COVERING_SLOTS: ReadonlySet<string> = new Set(['outer', 'upper', 'full', 'colour']);

function isReplacedBy(fact: StateFact, next: Observation): boolean {
  if (fact.kind === 'weather' && next.kind === 'place') return true;
  if (fact.kind !== next.kind) return false;
  if (SINGLE.has(next.kind)) return true;
  if (next.kind === 'clothing' && fact.slot === 'colour') return COVERING_SLOTS.has(next.slot);
  return (next.kind === 'clothing' || next.kind === 'prop') && fact.slot === next.slot;
}

/** Words that stand for any injury: "the wound heals" ends the cut on the arm too. */
const ANY_INJURY: ReadonlySet<string> = new Set(['wound', 'injury']);

/**
 * Whether an observation speaks of a fact. What holds speaks of its slot; what ends names the thing by its noun ("drops
 * the sword" ends "broken sword"), narrowed by the body part when one is said.
 */
function sameThing(fact: StateFact, observation: Observation): boolean {
  if (observation.change === 'holds') return fact.slot === observation.slot;
  if (observation.kind === 'injury' && observation.slot && observation.slot !== fact.slot) return false;
  const noun = observation.value.split(' ').at(-1) ?? '';
  if (observation.kind === 'injury' && ANY_INJURY.has(noun)) return true;
  return fact.value.split(' ').includes(noun);
}
