/**
 * Who listens to which channel. Postgres keeps channels per session, and all clients share one: it listens to every
 * channel that was ever asked for, and what nobody wants any more is dropped here. So a client's UNLISTEN never
 * silences another, whatever the order their statements run in.
 */
export interface Subscriptions<Client> {
  add(channel: string, client: Client): void;
  /** `*` is all channels. */
  remove(channel: string, client: Client): void;
  listenersOf(channel: string): readonly Client[];
}

export function subscriptions<Client>(): Subscriptions<Client> {
  const clients = new Map<string, Set<Client>>();
  return {
    add(channel, client) {
      clients.set(channel, (clients.get(channel) ?? new Set()).add(client));
    },
    remove(channel, client) {
      const sets = channel === '*' ? clients.values() : [clients.get(channel)];
      for (const set of sets) set?.delete(client);
    },
    listenersOf: (channel) => [...(clients.get(channel) ?? [])],
  };
}

export type ListenCommand = { readonly listen: boolean; readonly channel: string };

/**
 * Reads a LISTEN or UNLISTEN statement (comments before it allowed: BullMQ writes some), or undefined for any other.
 * An unquoted channel is lower case, as Postgres has it; `*` stays `*`.
 */
export function readListenCommand(statement: string): ListenCommand | undefined {
  const text = statement.replace(/^(?:\s*--[^\n]*(?:\n|$)|\s*\/\*[\s\S]*?\*\/)+/, '');
  const match = /^\s*(UN)?LISTEN\s+(?:"((?:[^"]|"")+)"|([^\s";]+))\s*;?\s*$/i.exec(text);
  if (!match) return undefined;
  const [, un, quoted, plain = ''] = match;
  return { listen: !un, channel: quoted?.replaceAll('""', '"') ?? plain.toLowerCase() };
}
