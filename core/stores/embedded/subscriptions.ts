/**
 * Who listens to which channel. The one session listens to a channel once, for all clients that asked; Postgres keeps
 * channels per session, so without this a client's UNLISTEN would silence the others.
 */
export interface Subscriptions<Client> {
  /** Says whether this is the channel's first listener, so the session has to LISTEN. */
  add(channel: string, client: Client): boolean;
  /** Says whether that was the channel's last listener, so the session has to UNLISTEN. */
  remove(channel: string, client: Client): boolean;
  channelsOf(client: Client): string[];
  listenersOf(channel: string): readonly Client[];
}

export function subscriptions<Client>(): Subscriptions<Client> {
  const clients = new Map<string, Set<Client>>();
  return {
    add(channel, client) {
      const listeners = clients.get(channel) ?? new Set();
      clients.set(channel, listeners.add(client));
      return listeners.size === 1;
    },
    remove(channel, client) {
      const listeners = clients.get(channel);
      if (!listeners?.delete(client) || listeners.size > 0) return false;
      return clients.delete(channel);
    },
    channelsOf: (client) => [...clients].filter(([, set]) => set.has(client)).map(([channel]) => channel),
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
