import type { NoticeFact, NoticePayload, ReplyPayload } from '../../core/message.ts';
import { type Block, button, fields, header, LIMITS, type Message, section } from './blocks.ts';
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
      ...(notice.exception === undefined ? [] : [{ type: 'actions', elements: buttons(notice.exception) }]),
    ],
  };
}

const factWords = ({ value }: NoticeFact, instant: WriteInstant): string =>
  typeof value === 'string' ? inert(value, 500) : instant(new Date(value.instant));

function buttons({ id, version, isOffer }: NonNullable<NoticePayload['exception']>): Block[] {
  const value = JSON.stringify({ v: 1, id, version });
  const answers = isOffer
    ? [
        button('hand_over_accept', 'Accept', { value, style: 'primary' }),
        button('hand_over_decline', 'Decline', { value }),
      ]
    : [];
  return [...answers, button('details', 'Details', { value })];
}
