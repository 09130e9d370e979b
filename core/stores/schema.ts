import type { CharactersTables } from './schema/characters.ts';
import type { PeopleTables } from './schema/people.ts';
import type { ScenesTables } from './schema/scenes.ts';
import type { WorkTables } from './schema/work.ts';

/** All tables of IDLock, as kysely reads and writes them. */
export type Schema = PeopleTables & CharactersTables & ScenesTables & WorkTables;
