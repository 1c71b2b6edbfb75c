import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { isLive } from '../../core/lifecycle.ts';
import type { Money } from '../../core/money.ts';
import { type Block, button, type Message } from './blocks.ts';
import { buttonValue } from './card.ts';
import { inert } from './escape.ts';
import { plainDay } from './instants.ts';
import { leadWords, routedWords } from './owner-words.ts';
import { moneyOrNone, type Reader, stakeFor } from './reader.ts';
import { answer, bold, both, cut, type Line } from './recon-answer.ts';
import { typeTitle } from './type-words.ts';
import { differenceWords, statusLine } from './words.ts';

/** A document of an order, and as what it is matched (a rule's reason); undefined when nothing pairs with it, as with one that was taken back. */
export type OrderDocument = {
  readonly feed: string;
  readonly sourceRef: string;
  readonly amount: Money | undefined;
  readonly amountTag?: string | undefined;
  readonly occurredOn: string;
  readonly isRemoved?: boolean;
  readonly matchedAs: string | undefined;
};

const SHOWN = 20;
const BUTTONS = 5;

/** Everything about one order: its documents, and its exceptions with who has them. */
export function orderAnswer(
  orderRef: string,
  { documents, exceptions }: { documents: readonly OrderDocument[]; exceptions: readonly CardFacts[] },
  reader: Reader,
): Message {
  const { titles, order } = reader.words.recon;
  const lines: Line[] = [
    exceptions.length === 0 ? order.noException : bold(order.exceptions),
    ...shown(exceptions, reader, exceptionLine),
    documents.length === 0 ? order.noDocument : bold(order.documents),
    ...shown(documents, reader, documentLine),
  ];
  return answer(titles.order({ ref: orderRef }), lines, detailsButtons(exceptions, reader));
}

/** Nothing under this reference that the person may see, and what they may have meant. */
export function unknownOrder(orderRef: string, didYouMean: readonly string[], { words }: Reader): Message {
  const { titles, nothing } = words.recon;
  const near = didYouMean.slice(0, 5).map((one) => inert(one, 150));
  return answer(titles.order({ ref: orderRef }), [
    nothing.order_known({ ref: inert(orderRef, 300), meant: near.join(', ') }),
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
  reader: Reader,
): Message {
  const { titles, order, nothing } = reader.words.recon;
  const live = exceptions.filter(({ status }) => isLive(status));
  const others = [...new Set(elsewhere)].slice(0, SHOWN).map((team) => inert(team, 100));
  const title = titles.owners({ ref: orderRef });
  const lines: Line[] = [
    ...shown(live, reader, ownerLine),
    ...(others.length === 0 ? [] : [order.elsewhere({ teams: others.join(', ') })]),
  ];
  if (lines.length > 0) return answer(title, lines, detailsButtons(live, reader));
  if (!isKnown) return unknownOrder(orderRef, [], reader);
  const before = exceptions.length === 0 ? '' : ` ${order.settled({ ref: inert(orderRef, 150) })}`;
  return answer(title, [`${nothing.needed}${before}`]);
}

function ownerLine(facts: CardFacts, reader: Reader): Line {
  const { work, owner } = reader.words;
  const row = routedWords(facts, reader);
  const because = row === undefined ? '' : ` · ${owner.because({ row })}`;
  return both(
    reader,
    ({ instant }) =>
      `${headOf(facts, reader)}: ${whoWords(facts, reader)} · ${work.due(instant(facts.dueAt))}${because}`,
  );
}

/** The owner and the team; for what nobody has claimed, who leads it. */
function whoWords(facts: CardFacts, reader: Reader): string {
  const { recon, owner } = reader.words;
  const team = inert(facts.team.name, 100);
  if (facts.owner !== undefined) return `${inert(facts.owner.name, 100)}, ${team}`;
  const name = leadWords(facts, reader);
  const lead = name === undefined ? '' : `; ${owner.lead({ name })}`;
  return `${recon.order.unclaimed({ team })}${lead}`;
}

const exceptionLine = (facts: CardFacts, reader: Reader): Line =>
  both(reader, (writer) => {
    const difference = differenceWords(facts, reader);
    const more = difference === undefined ? '' : ` · ${difference}`;
    const { minor } = facts.atStake;
    const stake = reader.words.work.atStake(stakeFor(facts.atStake, reader, facts.amountTag));
    const atStake = minor === 0n ? '' : ` · ${stake}`;
    return `• ${headOf(facts, reader)}${atStake}${more} · ${inert(facts.team.name, 100)} · ${statusLine(facts, writer)}`;
  });

function documentLine(document: OrderDocument, reader: Reader): Line {
  const { order } = reader.words.recon;
  const on = order.on({
    amount: moneyOrNone(document.amount, reader, document.amountTag),
    day: dayWords(document.occurredOn, reader),
  });
  const matched = document.isRemoved === true ? order.takenBack : placeOf(document, reader);
  return `• ${inert(document.feed, 100)} ${inert(document.sourceRef, 150)}: ${on}, ${matched}`;
}

const placeOf = ({ matchedAs }: OrderDocument, reader: Reader): string => {
  const { order } = reader.words.recon;
  return matchedAs === undefined ? order.unmatched : order.matched({ how: howMatched(matchedAs, reader) });
};

/** The outcome of a match in the reader's words; the reason of what a rule settled is written as the spec writes it. */
function howMatched(how: string, { words }: Reader): string {
  const { outcomes } = words.recon.order;
  return how === 'equal' || how === 'excepted' ? outcomes[how] : inert(how.replaceAll('_', ' '), 150);
}

const dayWords = (day: string, reader: Reader): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) ? plainDay(day, reader) : inert(day, 20);

const headOf = (facts: CardFacts, reader: Reader): string =>
  `${exceptionLabel(facts.number)} ${inert(typeTitle(facts.type, reader), 100)}`;

const shown = <T>(all: readonly T[], reader: Reader, line: (one: T, reader: Reader) => Line): Line[] =>
  cut(
    all.slice(0, SHOWN + 1).map((one) => line(one, reader)),
    { most: SHOWN, more: () => reader.words.recon.order.more({ count: all.length - SHOWN }) },
  );

const detailsButtons = (exceptions: readonly CardFacts[], { words }: Reader): Block[] =>
  exceptions.slice(0, BUTTONS).map((facts) => ({
    type: 'actions',
    elements: [
      button('details', words.recon.order.details({ label: exceptionLabel(facts.number) }), {
        value: buttonValue(facts),
      }),
    ],
  }));
