import type { z } from 'zod';
import { InvalidRequestError } from '../errors.ts';

/**
 * Parses what a door hands over.
 *
 * @throws {InvalidRequestError} with every problem in words, in the schema's own order.
 */
export function checked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = new Set(parsed.error.issues.map(({ message }) => message));
  throw new InvalidRequestError([...problems].join('. '));
}
