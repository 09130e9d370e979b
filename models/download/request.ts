const MAX_REDIRECTS = 5;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export type Answer =
  | { readonly kind: 'response'; readonly response: Response }
  | { readonly kind: 'refused'; readonly why: string };

/** Asks for `url` and follows up to 5 redirects, each to https only (a loopback server may also redirect to itself). */
export async function request(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer> {
  let at = new URL(url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await fetch(at, { headers, signal, redirect: 'manual' });
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || !location) return { kind: 'response', response };
    await response.body?.cancel();
    const next = URL.parse(location, at.href);
    if (!next || !mayFollow(at, next))
      return { kind: 'refused', why: 'redirects to an address that is not https' };
    at = next;
  }
  return { kind: 'refused', why: `redirects more than ${MAX_REDIRECTS} times` };
}

function mayFollow(from: URL, to: URL): boolean {
  if (to.protocol === 'https:') return true;
  return to.protocol === 'http:' && to.hostname === from.hostname && LOOPBACK.has(to.hostname);
}
