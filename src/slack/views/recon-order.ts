import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { isLive } from '../../core/lifecycle.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import { typeTitle } from '../../core/words.ts';
import { type Block, button, type Message } from './blocks.ts';
import { buttonValue } from './card.ts';
import { inert } from './escape.ts';
import { localInstant, plainInstant } from './instants.ts';
import { answer, type Line } from './recon-answer.ts';
import { differenceWords, statusLine, type WriteInstant } from './words.ts';

/** A document of an order, and what it is matched as; undefined when nothing pairs with it. */
export type OrderDocument = {
  readonly feed: string;
  readonly sourceRef: string;
  readonly amount: Money;
  readonly occurredOn: string;
  readonly matchedAs: string | undefined;
};

const SHOWN = 20;
const BUTTONS = 5;

/** Everything about one order: its documents, and its exceptions with who has them. */
export function orderAnswer(
  orderRef: string,
  { documents, exceptions }: { documents: readonly OrderDocument[]; exceptions: readonly CardFacts[] },
): Message {
  const lines: Line[] = [
    exceptions.length === 0 ? 'No exception: nothing about it needs a person.' : '*Exceptions*',
    ...shown(exceptions, exceptionLine),
    documents.length === 0 ? 'No document carries this reference.' : '*Documents*',
    ...shown(documents, documentLine),
  ];
  return answer(`Order ${orderRef}`, lines, detailsButtons(exceptions));
}

/** Nothing under this reference that the person may see, and what they may have meant. */
export function unknownOrder(orderRef: string, didYouMean: readonly string[]): Message {
  const near = didYouMean.slice(0, 5).map((one) => inert(one, 150));
  const meant = near.length === 0 ? '' : ` Did you mean ${near.join(', ')}?`;
  return answer(`Order ${orderRef}`, [
    `Nothing here that you can see carries ${inert(orderRef, 300)}.${meant} References are compared letter by letter.`,
  ]);
}

/** Whose the order's exceptions are now. `elsewhere`: teams with one that this person does not see. */
export function ownersAnswer(
  orderRef: string,
  {
    exceptions,
    elsewhere,
    isKnown,
  }: { exceptions: readonly CardFacts[]; elsewhere: readonly string[]; isKnown: boolean },
): Message {
  const live = exceptions.filter(({ status }) => isLive(status));
  const others = [...new Set(elsewhere)].slice(0, SHOWN).map((team) => inert(team, 100));
  const lines: Line[] = [
    ...shown(live, ownerLine),
    ...(others.length === 0 ? [] : [`With another team: ${others.join(', ')}. Ask in their channel.`]),
  ];
  if (lines.length > 0) return answer(`Who owns ${orderRef}`, lines, detailsButtons(live));
  if (!isKnown) return unknownOrder(orderRef, []);
  const before =
    exceptions.length === 0 ? '' : ` What there was is settled: /recon order ${inert(orderRef, 150)}.`;
  return answer(`Who owns ${orderRef}`, [`Nobody needs to: nothing about it is open.${before}`]);
}

const ownerLine = (facts: CardFacts): Line => {
  const who =
    facts.owner === undefined
      ? `nobody yet; it is for ${inert(facts.team.name, 100)}, where any member can claim it`
      : `${inert(facts.owner.name, 100)}, ${inert(facts.team.name, 100)}`;
  return both((instant) => `${titleOf(facts)}: ${who} · due ${instant(facts.dueAt)}`);
};

const exceptionLine = (facts: CardFacts): Line =>
  both((instant) => {
    const difference = differenceWords(facts);
    const more = difference === undefined ? '' : ` · ${difference}`;
    return `• ${titleOf(facts)} · ${formatMoney(facts.atStake)} at stake${more} · ${inert(facts.team.name, 100)} · ${statusLine(facts, instant)}`;
  });

const documentLine = (document: OrderDocument): Line =>
  `• ${inert(document.feed, 100)} ${inert(document.sourceRef, 150)}: ${formatMoney(document.amount)} on ${inert(document.occurredOn, 20)}, ${document.matchedAs === undefined ? 'matched with nothing' : inert(document.matchedAs, 150)}`;

const titleOf = (facts: CardFacts): string =>
  `${exceptionLabel(facts.number)} ${inert(typeTitle(facts.type), 100)}`;

const both = (write: (instant: WriteInstant) => string): Line => ({
  rich: write(localInstant),
  plainly: write(plainInstant),
});

function shown<T>(all: readonly T[], line: (one: T) => Line): Line[] {
  const lines = all.slice(0, SHOWN).map(line);
  return all.length > SHOWN ? [...lines, `• and ${all.length - SHOWN} more`] : lines;
}

const detailsButtons = (exceptions: readonly CardFacts[]): Block[] =>
  exceptions.slice(0, BUTTONS).map((facts) => ({
    type: 'actions',
    elements: [button('details', `Details ${exceptionLabel(facts.number)}`, { value: buttonValue(facts) })],
  }));
