import { z } from 'zod';
import { type Character, type ConsentText, EMPTY_SHEET, type Reference } from '../domain/character.ts';
import { newId } from '../domain/ids.ts';
import { imageKey } from '../domain/image-ref.ts';
import { characterName, personText, TEXT_LIMITS } from '../domain/request-text.ts';
import { BadPhotoError, InvalidRequestError } from '../errors.ts';
import { normalizeUpload } from '../imaging/normalize-upload.ts';
import { findCharacterByName, getCharacter, insertCharacter } from '../stores/characters.ts';
import { insertConsent } from '../stores/consents.ts';
import { insertReference } from '../stores/references.ts';
import { checked } from './checked.ts';
import { enqueueRow } from './enqueue-row.ts';
import { forgetCharacter } from './forget-character.ts';
import type { Caller, Doorway } from './use-case.ts';

const trait = (what: string) => personText(what, TEXT_LIMITS.trait, 0).default('');

export const createCharacterSchema = z.object({
  name: characterName,
  sheet: z
    .object({
      description: trait('The description'),
      face: trait('The face'),
      hair: trait('The hair'),
      distinctives: trait('The distinctive marks'),
      tags: z.array(personText('A tag', TEXT_LIMITS.name)).max(TEXT_LIMITS.tags).default([]),
    })
    .default(
      EMPTY_SHEET as {
        description: string;
        face: string;
        hair: string;
        distinctives: string;
        tags: string[];
      },
    ),
});

export interface CreateCharacterInput {
  readonly name: string;
  readonly sheet?: Partial<Character['sheet']>;
  /** Encoded bytes of 1-5 photos. */
  readonly photos: readonly Uint8Array[];
  /** What the person agreed to; undefined when they did not. */
  readonly consent: ConsentText | undefined;
}

/**
 * Takes the photos of a new character, records the consent, and queues the enrolment.
 *
 * Photos are stored upright and without metadata (no GPS). A failed character of the same name makes way.
 * @throws {InvalidRequestError} without consent, with a bad name or a wrong number of photos, or a name that is taken.
 * @throws {BadPhotoError} naming the photo that cannot be read.
 */
export async function createCharacter(
  input: CreateCharacterInput,
  caller: Caller,
  doorway: Doorway,
  signal: AbortSignal,
): Promise<Character> {
  const { name, sheet } = checked(createCharacterSchema, { name: input.name, sheet: input.sheet ?? {} });
  const { consent, photos } = input;
  if (!consent) {
    throw new InvalidRequestError(
      'A face is only measured with consent: the person shown must agree, so give consent to go on',
    );
  }
  if (photos.length < 1 || photos.length > 5) {
    throw new InvalidRequestError(`A character needs 1 to 5 photos: ${photos.length} were given`);
  }
  await makeWay(name, caller, doorway);

  const { tenantId } = caller;
  const id = newId('char');
  try {
    const references = await storePhotos({ id, tenantId }, photos, doorway, signal);
    await doorway.db.inTenant(tenantId, async (tx) => {
      await insertCharacter(tx, { id, tenantId, ownerId: caller.userId, name, sheet });
      const givenAt = new Date();
      await insertConsent(tx, {
        id: newId('consent'),
        characterId: id,
        givenBy: caller.userId,
        givenAt,
        ...consent,
      });
      for (const reference of references) await insertReference(tx, reference);
    });
  } catch (error) {
    await doorway.images.removeAll(`${tenantId}/${id}/`);
    throw error;
  }
  await enqueueRow('identity', id, { tenantId, characterId: id }, doorway);
  const character = await doorway.db.inTenant(tenantId, (tx) => getCharacter(tx, id));
  if (!character) throw new InvalidRequestError('The character was forgotten while it was created');
  return character;
}

async function makeWay(name: string, caller: Caller, doorway: Doorway): Promise<void> {
  const holder = await doorway.db.inTenant(caller.tenantId, (tx) => findCharacterByName(tx, name));
  if (holder && holder.status !== 'failed') {
    throw new InvalidRequestError(
      `A character named "${holder.name}" exists: choose another name, or forget it first`,
    );
  }
  if (holder) await forgetCharacter(holder.id, caller, doorway);
}

async function storePhotos(
  owner: Pick<Character, 'id' | 'tenantId'>,
  photos: readonly Uint8Array[],
  { images }: Pick<Doorway, 'images'>,
  signal: AbortSignal,
): Promise<Reference[]> {
  const references: Reference[] = [];
  for (const [i, photo] of photos.entries()) {
    const { bytes, ...size } = await normalizeUpload(photo, signal).catch((cause: unknown) => {
      if (!(cause instanceof BadPhotoError)) throw cause;
      throw new BadPhotoError(`Photo ${i + 1}: ${cause.userMessage}`, { cause });
    });
    const key = imageKey(owner.tenantId, owner.id, bytes, size.type);
    if (references.some(({ image }) => image.key === key)) {
      throw new BadPhotoError(
        `Photo ${i + 1} is the same picture as another one: send different photos, or fewer`,
      );
    }
    await images.put(key, bytes, size.type, signal);
    references.push({
      id: newId('ref'),
      characterId: owner.id,
      position: i + 1,
      image: { key, ...size, sizeBytes: bytes.byteLength },
      face: null,
      createdAt: new Date(),
    });
  }
  return references;
}
