import { v7 } from 'uuid';

export type Id<Prefix extends string> = `${Prefix}_${string}`;
export type TenantId = Id<'tenant'>;
export type UserId = Id<'user'>;
export type CharacterId = Id<'char'>;
export type ReferenceId = Id<'ref'>;
export type ConsentId = Id<'consent'>;
export type StoryId = Id<'story'>;
export type SceneId = Id<'scene'>;
export type TakeId = Id<'take'>;
export type EpisodeId = Id<'episode'>;
export type FactId = Id<'fact'>;
export type NoticeId = Id<'notice'>;

/**
 * Makes a new typed id: the prefix, an underscore and the 32 hex digits of a UUIDv7, so ids sort by creation time.
 * No colon ever appears in it, so an id is also a valid job id.
 */
export function newId<Prefix extends string>(prefix: Prefix): Id<Prefix> {
  return `${prefix}_${v7().replaceAll('-', '')}`;
}

/** Says whether `text` is an id with this prefix, whatever its origin: use it on anything a person typed. */
export function isId<Prefix extends string>(prefix: Prefix, text: string): text is Id<Prefix> {
  return text.startsWith(`${prefix}_`) && /^[0-9a-f]{32}$/.test(text.slice(prefix.length + 1));
}
