import type { CardFacts } from '../../core/card.ts';
import { inert } from './escape.ts';
import type { Reader } from './reader.ts';

/** Who leads the team, and who stands in; undefined for a team without a lead. */
export function leadWords({ lead }: Pick<CardFacts, 'lead'>, { words }: Reader): string | undefined {
  if (!lead) return undefined;
  const name = inert(lead.name, 200);
  return lead.standIn === undefined
    ? name
    : words.owner.standsIn({ name: inert(lead.standIn, 200), for: name });
}

/** The line of the configuration that gave it to its team, and what that line asks for. */
export function routedWords(
  { routedBy }: Pick<CardFacts, 'routedBy'>,
  { words }: Reader,
): string | undefined {
  if (!routedBy) return undefined;
  const when = routedBy.when === undefined ? words.owner.everythingElse : inert(routedBy.when, 400);
  return words.owner.row({ source: inert(routedBy.source, 200), when });
}
