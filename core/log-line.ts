import { z } from 'zod';

const lineSchema = z.looseObject({
  level: z.string(),
  time: z.string(),
  subsystem: z.string().default(''),
  msg: z.string().default(''),
  err: z.looseObject({ stack: z.string().optional() }).optional(),
});

/**
 * Turns one JSON line of the log into one for people: time, level, subsystem, message, fields as `name=value`, and the
 * stack of an error below it.
 */
export function logLine(json: string): string {
  const { level, time, subsystem, msg, err, ...fields } = lineSchema.parse(JSON.parse(json));
  const told = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const head = [time, level.padEnd(5), subsystem, msg, ...told].filter((part) => part !== '').join(' ');
  return err?.stack ? `${head}\n${err.stack.replaceAll(/^/gm, '  ')}\n` : `${head}\n`;
}
