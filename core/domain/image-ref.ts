import { createHash } from 'node:crypto';
import type { TenantId } from './ids.ts';

export const IMAGE_TYPES = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
} as const;
export type ImageType = keyof typeof IMAGE_TYPES;

/** Where an image lies in the image store, with what a reader wants to know before opening it. */
export interface ImageRef {
  readonly key: string;
  readonly type: ImageType;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly sizeBytes: number;
}

/**
 * The store key of `bytes`: `<tenant>/<owner>/<sha256>.<ext>`. Content-addressed below its owner (a character), so
 * writing twice is harmless, nothing is shared across tenants, and forgetting an owner is removing one prefix.
 */
export function imageKey(tenantId: TenantId, ownerId: string, bytes: Uint8Array, type: ImageType): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return `${tenantId}/${ownerId}/${sha256}.${IMAGE_TYPES[type]}`;
}
