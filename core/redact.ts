/** Names whose text or bytes are never written down: secrets, and what measures a person's face. */
const SECRET_NAME =
  /token|secret|password|passwd|passphrase|authorization|cookie|api_?key|access_?key|credential|signature|embedding|vector/i;

/** Secrets that show themselves by their form, wherever they stand in a text. */
const SECRET_FORMS: readonly (readonly [RegExp, string])[] = [
  [/(:\/\/)[^\s/@]+@/g, '$1[redacted]@'],
  [
    /([?&](?:x-amz-[a-z-]+|signature|sig|token|access_token|key|code|hm|ex|is)=)[^&\s"'<>]+/gi,
    '$1[redacted]',
  ],
  [/\b(Bearer|Basic|Bot)\s+[\w.~+/=-]{8,}/g, '$1 [redacted]'],
  [/\b(?:xox[a-z]-|xapp-|sk-|AIza|AKIA|ASIA|gh[opsu]_)[\w-]{8,}/g, '[redacted]'],
  [/\bdata:[\w/+.-]+;base64,[\w+/=]+/g, '[redacted data]'],
];
const MAX_TEXT_CHARS = 2000;
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;

/**
 * Copies `value` for a log: secrets by name or form become `[redacted]`, bytes and vectors become their length, errors
 * become type, message, stack, code and cause, and long texts and deep trees are cut.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[no date]' : value.toISOString();
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return redactList(value, depth);
  return redactFields(value, depth);
}

/** Looks for secrets well past where the text is cut, so that the cut leaves no half of one. */
function redactText(text: string): string {
  const start = text.slice(0, 3 * MAX_TEXT_CHARS);
  const clean = SECRET_FORMS.reduce((sofar, [form, instead]) => sofar.replace(form, instead), start);
  if (text.length <= MAX_TEXT_CHARS) return clean;
  return `${clean.slice(0, MAX_TEXT_CHARS)}... [${text.length} chars]`;
}

/** Only these fields: clients hang whole requests, with their headers, on their errors. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error ? { code: redact(error.code, depth + 1) } : {};
  const cause = error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) };
  const { name, message, stack = '' } = error;
  return { type: name, message: redactText(message), stack: redactText(stack), ...code, ...cause };
}

/** A long list of numbers is a vector or pixels in disguise. */
function redactList(list: readonly unknown[], depth: number): unknown {
  if (list.length > MAX_ITEMS) return `[${list.length} items]`;
  return list.map((item) => redact(item, depth + 1));
}

function redactFields(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      // Counts may be told: `tokens: 120` is a price, not a secret.
      const telling = typeof value === 'number' || typeof value === 'boolean' || value == null;
      return [name, SECRET_NAME.test(name) && !telling ? '[redacted]' : redact(value, depth + 1)];
    }),
  );
}
