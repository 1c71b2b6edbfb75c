import type { EndedOffer } from '../../core/hand-over.ts';
import type { NoticePayload, ReplyPayload, WordedNotice } from '../../core/message.ts';
import { attemptLines } from './attempts.ts';
import { type Block, button, fields, header, LIMITS, type Message, section } from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type WriteInstant, type Writer } from './instants.ts';
import { worded } from './notice-words.ts';
import type { Reader } from './reader.ts';
import { suggestedAction } from './type-words.ts';
import { historyWords } from './words.ts';

/** How a client's amounts are written (BCP 47), where a message is about one. */
type For = { readonly reader: Reader; readonly amountTag?: string | undefined };
/** An offer that is over says how. */
type ForNotice = For & { readonly ended?: EndedOffer | undefined };

/** One line in an exception's thread. */
export const renderReply = (payload: ReplyPayload, { reader, amountTag }: For): Message => ({
  text: cutEscaped(historyWords(payload, plainly(reader), amountTag), LIMITS.text),
  blocks: [section(cutEscaped(historyWords(payload, richly(reader), amountTag), LIMITS.section))],
});

/** A message of its own, for a team or a person. */
export function renderNotice(payload: NoticePayload, { reader, ...about }: ForNotice): Message {
  const notice = 'notice' in payload ? worded(payload, { reader, ...about }) : payload;
  const body = inert(notice.body, 2_900);
  const line = (label: string, value: string): string => reader.words.card.line(inert(label, 100), value);
  const told = [
    inert(notice.title, 300) || '(blank)',
    body,
    ...notice.facts.map((fact) => line(fact.label, factWords(fact, plainly(reader).instant))),
    ...recordParts(notice, plainly(reader)).map(({ label, lines }) => line(label, lines.join('; '))),
  ];
  const { instant } = richly(reader);
  return {
    text: cutEscaped(told.filter((text) => text !== '').join('\n'), LIMITS.text),
    blocks: [
      header(plain(notice.title, LIMITS.header)),
      ...(body === '' ? [] : [section(body)]),
      ...chunks(notice.facts).flatMap((facts) =>
        fields(facts.map((fact) => [inert(fact.label, 100), factWords(fact, instant)] as const)),
      ),
      ...recordParts(notice, richly(reader)).map(({ label, lines }) =>
        section(cutEscaped(`*${label}*\n${listed(lines)}`, LIMITS.section)),
      ),
      ...(notice.exception === undefined
        ? []
        : [{ type: 'actions', elements: buttons(notice.exception, reader) }]),
    ],
  };
}

/** Attempts in a message; the rest is in the details. */
const SHOWN_ATTEMPTS = 5;

/** What goes along when somebody else shall see to it: what to do, and what was tried. */
function recordParts(
  { record }: WordedNotice,
  writer: Writer,
): { readonly label: string; readonly lines: readonly string[] }[] {
  if (!record) return [];
  const { card, attempts } = writer.words;
  const suggestion = suggestedAction(record.type, writer);
  const tried = attemptLines(record.attempts, writer, SHOWN_ATTEMPTS);
  return [
    ...(suggestion === undefined ? [] : [{ label: card.labels.whatToDo, lines: [inert(suggestion, 500)] }]),
    ...(tried.length === 0 ? [] : [{ label: attempts.label, lines: tried }]),
  ];
}

const listed = (lines: readonly string[]): string =>
  lines.length === 1 ? lines.join('') : lines.map((text) => `• ${text}`).join('\n');

/** As many as one section holds side by side. */
const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / LIMITS.fields) }, (_, index) =>
    all.slice(index * LIMITS.fields, (index + 1) * LIMITS.fields),
  );

const factWords = ({ value }: WordedNotice['facts'][number], instant: WriteInstant): string =>
  typeof value === 'string' ? inert(value, 500) : instant(new Date(value.instant));

function buttons(
  { id, version, isOffer }: NonNullable<WordedNotice['exception']>,
  { words }: Reader,
): Block[] {
  const value = JSON.stringify({ v: 1, id, version });
  const labels = words.card.buttons;
  const answers = isOffer
    ? [
        button('hand_over_accept', labels.accept, { value, style: 'primary' }),
        button('hand_over_decline', labels.decline, { value }),
      ]
    : [];
  return [...answers, button('details', labels.details, { value })];
}
