import type { BulkNotice } from '../../core/bulk-notice.ts';
import type { EndedOffer } from '../../core/hand-over.ts';
import { type Block, button, fields, header, LIMITS, type Message, section } from './blocks.ts';
import { bulkPointer } from './bulk-pointer.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import type { Reader } from './reader.ts';
import { typeTitle } from './type-words.ts';
import { moneyWords } from './work-words.ts';

/** What a bulk action tells one person it concerns, in one message for all of its exceptions. */
export function renderBulkNotice({ bulk }: BulkNotice, reader: Reader, ended?: EndedOffer): Message {
  const title = titleOf(bulk, reader, ended);
  const body = bodyOf(bulk, reader);
  const { line } = reader.words.card;
  const said = factsOf(bulk, plainly(reader), ended).map(([label, value]) => line(label, value));
  return {
    text: cutEscaped([inert(title, 400), ...body, ...said].join('\n'), LIMITS.text),
    blocks: [
      header(plain(title, LIMITS.header)),
      ...body.map(section),
      ...fields(factsOf(bulk, richly(reader), ended)),
      ...(ended ? [] : buttons(bulk, reader)),
    ],
  };
}

type Told = BulkNotice['bulk'];

const titleOf = (
  { what, byName, count, type }: Told,
  reader: Reader,
  ended: EndedOffer | undefined,
): string =>
  reader.words.flood.notice[ended ? 'offeredOnce' : what]({
    by: byName,
    count,
    type: typeTitle(type, reader),
  });

function bodyOf({ what, byName, note }: Told, { words: { flood } }: Reader): string[] {
  if (what === 'withdrawn') return [flood.notice.withdrawnBody(inert(byName, 200))];
  if (what === 'done') return [flood.notice.doneBody];
  const text = note === null || what === 'taken' ? '' : inert(note, 2_900);
  return text === '' ? [] : [text];
}

function factsOf(
  { money, until, refused }: Told,
  writer: Writer,
  ended: EndedOffer | undefined,
): (readonly [string, string])[] {
  const { notice } = writer.words.flood;
  const amounts = money.map(({ minor, currency }) => ({ minor: BigInt(minor), currency }));
  return [
    [notice.atStake, moneyWords(amounts, writer)],
    ...(ended ? [endWords(ended, writer)] : []),
    ...(until === null || ended ? [] : [[notice.answerUntil, writer.instant(new Date(until))] as const]),
    ...(refused === 0 ? [] : [[notice.refused, String(refused)] as const]),
  ];
}

const ENDS = ['accepted', 'declined', 'lapsed', 'withdrawn'] as const;

/** How many of them went which way, and when it was over. */
function endWords({ counts, endedAt }: EndedOffer, { words, instant }: Writer): readonly [string, string] {
  const { ended } = words.notice;
  const how = ENDS.filter((end) => counts[end] > 0).map((end) => `${ended[end]}: ${counts[end]}`);
  return [how.join(', '), instant(endedAt)];
}

function buttons({ id, what }: Told, { words: { flood } }: Reader): Block[] {
  if (what !== 'offered') return [];
  const value = bulkPointer(id);
  return [
    {
      type: 'actions',
      elements: [
        button('bulk_accept', flood.buttons.accept, { value, style: 'primary' }),
        button('bulk_decline', flood.buttons.decline, { value }),
      ],
    },
  ];
}
