import type { NoticeFact, NoticePayload, ReplyPayload } from '../../core/message.ts';
import { button, fields, header, LIMITS, type Message, section } from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { localInstant, plainInstant } from './instants.ts';
import { historyWords, type WriteInstant } from './words.ts';

/** One line in an exception's thread. */
export const renderReply = (payload: ReplyPayload): Message => ({
  text: cutEscaped(historyWords(payload, plainInstant), LIMITS.text),
  blocks: [section(cutEscaped(historyWords(payload, localInstant), LIMITS.section))],
});

/** A message of its own, for a team or a person. */
export function renderNotice(notice: NoticePayload): Message {
  const facts = notice.facts.slice(0, LIMITS.fields);
  const body = inert(notice.body, 2_900);
  const words = [
    inert(notice.title, 300) || '(blank)',
    body,
    ...facts.map((fact) => `${inert(fact.label, 100)}: ${factWords(fact, plainInstant)}`),
  ];
  return {
    text: cutEscaped(words.filter((line) => line !== '').join('\n'), LIMITS.text),
    blocks: [
      header(plain(notice.title, LIMITS.header)),
      ...(body === '' ? [] : [section(body)]),
      ...fields(facts.map((fact) => [inert(fact.label, 100), factWords(fact, localInstant)] as const)),
      ...(notice.exception === undefined
        ? []
        : [{ type: 'actions', elements: [detailsButton(notice.exception)] }]),
    ],
  };
}

const factWords = ({ value }: NoticeFact, instant: WriteInstant): string =>
  typeof value === 'string' ? inert(value, 500) : instant(new Date(value.instant));

const detailsButton = ({ id, version }: { id: string; version: number }) =>
  button('details', 'Details', { value: JSON.stringify({ v: 1, id, version }) });
