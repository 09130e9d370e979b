/**
 * An error whose `userMessage` may be shown in a chat: it says what happened and what to do, and holds no secret,
 * path or other tenant's data. `message` and `cause` are for the log.
 */
export abstract class IdlockError extends Error {
  abstract override readonly name: string;
  readonly userMessage: string;
  /** Whether trying the same again later can help; a queue stops retrying when it is false. */
  readonly retryable: boolean;

  constructor(userMessage: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(userMessage, options.cause === undefined ? undefined : { cause: options.cause });
    this.userMessage = userMessage;
    this.retryable = options.retryable ?? false;
  }
}

/** What a person asked for cannot be done as asked: a bad value, a missing consent, a quota. */
export class InvalidRequestError extends IdlockError {
  override readonly name = 'InvalidRequestError';
}

/** Nothing of that name or id exists in this tenant (or it belongs to another one: the two look the same). */
export class NotFoundError extends IdlockError {
  override readonly name = 'NotFoundError';
}

/** A photo cannot be used; the message says why and what to send instead. */
export class BadPhotoError extends IdlockError {
  override readonly name = 'BadPhotoError';
}

/** A renderer failed; `retryable` says whether another try may help. */
export class RenderError extends IdlockError {
  override readonly name = 'RenderError';
}

/** A store (database, queue, images) could not do its work. */
export class StorageError extends IdlockError {
  override readonly name = 'StorageError';
}

/** A model pack is missing, damaged, or its licence was not accepted. */
export class ModelPackError extends IdlockError {
  override readonly name = 'ModelPackError';
}

/** The environment is set up wrongly; the message names variables and never their values. */
export class ConfigError extends IdlockError {
  override readonly name = 'ConfigError';
}
