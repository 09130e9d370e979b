import { S3ServiceException } from '@aws-sdk/client-s3';
import { StorageError } from '../errors.ts';

/** Turns an error of the S3 client into words that say what to do; hosts and keys stay in its cause. */
export function s3Failure(cause: unknown): StorageError {
  const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'NoSuchBucket') {
    return new StorageError('The image bucket does not exist: create it, or correct S3_BUCKET', { cause });
  }
  if (status === 401 || status === 403) {
    return new StorageError(
      'The image store refused access: check S3_ACCESS_KEY, S3_SECRET_KEY and the rights on S3_BUCKET',
      { cause },
    );
  }
  if (status !== undefined && status < 500 && status !== 408 && status !== 429) {
    return new StorageError('The image store refused the request: check the S3 settings', { cause });
  }
  return new StorageError('The image store does not answer; try again in a while', {
    cause,
    retryable: true,
  });
}
