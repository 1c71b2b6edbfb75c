import { suggestion } from '../core/nearest-word.ts';
import { type IdentityRule, otherSide } from '../core/spec.ts';
import { type Context, fieldOf, readPair } from './reconciliation-context.ts';

/** How merged contacts are known, after noting whatever in it cannot hold; undefined where the file does not say. */
export function toIdentity(context: Context): IdentityRule | undefined {
  const { identity } = context.file;
  if (identity === undefined) return undefined;
  const side = identity.side ?? 'expected';
  checkFeed(context, identity);
  const own = (text: string, path: readonly PropertyKey[]) => {
    const pair = readPair(context, text, path);
    return side === 'expected'
      ? { own: pair.expected, other: pair.actual }
      : { own: pair.actual, other: pair.expected };
  };
  const id = own(identity.id, ['identity', 'id']);
  fieldOf(context, side, { name: id.own, path: ['identity', 'id'] });
  const isOnBoth = identity.id.includes('=');
  if (isOnBoth) fieldOf(context, otherSide(side), { name: id.other, path: ['identity', 'id'] });
  const aliases = (identity.aliases ?? []).map((text, at) => {
    const path = ['identity', 'aliases', at];
    const alias = own(text, path);
    fieldOf(context, side, { name: alias.own, path });
    fieldOf(context, otherSide(side), { name: alias.other, path });
    return alias;
  });
  return {
    side,
    feed: identity.feed,
    from: identity.from,
    into: identity.into,
    id: id.own,
    otherId: isOnBoth ? id.other : undefined,
    aliases,
  };
}

function checkFeed(
  { source, known }: Context,
  { feed, from, into }: { feed: string; from: string; into: string },
): void {
  const contract = known.feeds.get(feed);
  if (contract === undefined) {
    if (known.brokenFeeds.has(feed)) return;
    source.problem(['identity', 'feed'], `no feed "${feed}"${suggestion(feed, [...known.feeds.keys()])}`);
    return;
  }
  const names = contract.fields.map(({ name }) => name);
  for (const [key, name] of Object.entries({ from, into })) {
    if (names.includes(name)) continue;
    source.problem(['identity', key], `feed ${feed} has no field "${name}"${suggestion(name, names)}`);
  }
}
