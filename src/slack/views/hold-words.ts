import type { CardFacts } from '../../core/card.ts';
import { type Hold, type HoldPage, holdLabel } from '../../core/hold.ts';
import { exceptionLabel } from '../../core/ids.ts';
import type { Money } from '../../core/money.ts';
import { en } from '../words/en.ts';
import { type Block, button, section } from './blocks.ts';
import { inert } from './escape.ts';
import { richly, type Writer } from './instants.ts';
import { moneyFor, type Reader } from './reader.ts';
import { moneyWords } from './work-words.ts';

type ShippedKind = keyof typeof en.hold.kinds;
const isShipped = (kind: string): kind is ShippedKind => Object.hasOwn(en.hold.kinds, kind);

/** Which payout it is: the shipped kinds in the reader's language, one of the configuration spelled out. */
export const kindWords = (kind: string, { words }: Reader): string =>
  isShipped(kind) ? words.hold.kinds[kind] : inert(kind.replaceAll('_', ' '), 100);

const amountWords = (amount: Money | undefined, reader: Reader, tag: string | undefined): string =>
  amount === undefined ? reader.words.hold.everything : moneyFor(amount, reader, tag);

/** What stops the payment of a card's exception, escaped; undefined when nothing does. */
export function cardHoldWords({ hold, amountTag }: CardFacts, writer: Writer): string | undefined {
  if (hold === undefined) return undefined;
  const { words } = writer;
  const held = words.hold.line({
    kind: kindWords(hold.kind, writer),
    amount: amountWords(hold.amount, writer, amountTag),
    label: holdLabel(hold.number),
    since: writer.instant(hold.placedAt),
  });
  return hold.expiresAt === undefined
    ? held
    : words.hold.until({ held, until: writer.instant(hold.expiresAt) });
}

/** `3 holds, $1,200.00 and €300.00`. */
export function holdTotalWords({ total, money, whole }: HoldPage, reader: Reader): string {
  const amounts = [
    ...(money.length === 0 ? [] : [moneyWords(money, reader)]),
    ...(whole === 0 ? [] : [reader.words.hold.everything]),
  ];
  return reader.words.hold.total({ count: total, money: amounts.join(' + ') });
}

/** One hold on two lines, escaped: which payment and how much, then why and since when. */
export function holdRowWords(row: Hold, writer: Writer): string {
  const { hold, work } = writer.words;
  const since = writer.instant(row.placedAt);
  const what = [
    holdLabel(row.number),
    kindWords(row.kind, writer),
    amountWords(row.amount, writer, row.amountTag),
    row.client === undefined ? '' : inert(row.client, 150),
    row.orderRef === undefined ? '' : work.order(inert(row.orderRef, 150)),
    row.payee === undefined ? '' : hold.payee(inert(row.payee, 150)),
  ];
  const why = [
    row.exception === undefined ? '' : exceptionLabel(row.exception.number),
    inert(row.reason.replaceAll('_', ' ').toLowerCase(), 150),
    row.placedBy === undefined ? hold.since(since) : hold.placedBy({ by: inert(row.placedBy, 150), since }),
    row.note === undefined ? '' : writer.words.history.quoted(inert(row.note, 300)),
  ];
  return [what, why].map((parts) => parts.filter((part) => part !== '').join(' · ')).join('\n');
}

/** One hold with the details of its exception. */
export const heldRow = (row: Hold, reader: Reader): Block => ({
  ...section(holdRowWords(row, richly(reader))),
  block_id: `hold-${row.holdId}`,
  ...(row.exception === undefined
    ? {
        accessory: button('hold_release', reader.words.proposal.release.button, {
          value: JSON.stringify({ v: 1, id: row.holdId, version: 1 }),
        }),
      }
    : {
        accessory: button('details', reader.words.card.buttons.details, {
          value: JSON.stringify({ v: 1, id: row.exception.id, version: row.exception.version }),
        }),
      }),
});

/** What somebody proposed to settle the exception with, escaped; undefined when nobody has to decide. */
export function proposalWords({ proposal, amountTag }: CardFacts, writer: Writer): string | undefined {
  if (proposal === undefined) return undefined;
  const { card } = writer.words;
  return card.proposal({
    books: card.books[proposal.books],
    amount: moneyFor(proposal.amount, writer, amountTag),
    by: inert(proposal.by, 200),
    until: writer.instant(proposal.expiresAt),
  });
}
