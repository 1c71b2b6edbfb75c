import type { DeliveryLine, DeliveryNotice, PlaceTrouble } from '../../core/place.ts';
import { context, header, LIMITS, type Message, section } from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import type { Reader } from './reader.ts';

const CHANNEL_ID = /^[CG][A-Z0-9]{6,}$/;

/** A channel as people read it: Slack shows an id as the channel's name of now. */
const channelWords = (channel: string): string =>
  CHANNEL_ID.test(channel) ? `<#${channel}>` : inert(channel, 100);

/** What stays where a card stood: where it is now, and nothing to press. `channelId` undefined: a direct message. */
export function renderPointer(
  reader: Reader,
  { label, channelId }: { label: string | undefined; channelId: string | undefined },
): Message {
  const { movedTo, movedToPerson, thisCard } = reader.words.delivery;
  const what = label === undefined ? thisCard : inert(label, 100);
  const text = channelId === undefined ? movedToPerson(what) : movedTo(what, channelWords(channelId));
  return { text, blocks: [context(text)] };
}

/** The message with a line that says why it stands here and not in its own channel. */
export function withPlaceNote(
  message: Message,
  reader: Reader,
  { channel, trouble }: { channel: string; trouble: PlaceTrouble },
): Message {
  const { standsHere, troubles } = reader.words.delivery;
  const note = standsHere(channelWords(channel), troubles[trouble]);
  const blocks =
    message.blocks.length < LIMITS.messageBlocks ? [context(note), ...message.blocks] : message.blocks;
  const text = `${cutEscaped(message.text, LIMITS.text - note.length - 1)}\n${note}`;
  return { text, blocks };
}

/** A line in the thread of a card that is not where it was. */
export function renderDeliveryLine(line: DeliveryLine, { words: { delivery } }: Reader): Message {
  const text = lineWords(line, delivery);
  return { text, blocks: [section(text)] };
}

function lineWords(line: DeliveryLine, words: Reader['words']['delivery']): string {
  if (line.delivery === 'deleted') return words.deletedLine;
  if (line.delivery === 'replaced') return words.replacedLine;
  const from = channelWords(line.from);
  return line.trouble === null
    ? words.movedLine(from)
    : words.movedLineBecause(from, words.troubles[line.trouble]);
}

/** Word to people who can mend something, or must take something over. */
export function renderDeliveryNotice(notice: DeliveryNotice, { words: { delivery } }: Reader): Message {
  const { title, body } = NOTICES[notice.delivery](notice as never, delivery);
  return {
    text: `${inert(title, 300)}\n${body}`,
    blocks: [header(plain(title, LIMITS.header)), section(body)],
  };
}

type Words = Reader['words']['delivery'];
type Told = { readonly title: string; readonly body: string };

const NOTICES = {
  channel_lost: ({ team, channel, trouble, hasStandIn }, words) => ({
    title: words.lostTitle(team),
    body: [
      words.lostBody(channelWords(channel), words.troubles[trouble]),
      words.advice[trouble],
      hasStandIn ? words.lostStandIn : words.lostNowhere,
    ].join(' '),
  }),
  channel_back: ({ team, channel }, words) => ({
    title: words.backTitle(team),
    body: words.backBody(channelWords(channel)),
  }),
  person_left: ({ name, given }, words) => ({ title: words.leftTitle(name), body: words.leftBody(given) }),
  rehomed: ({ team, count, isYours }, words) => ({
    title: words.rehomedTitle(count, team),
    body: isYours ? words.rehomedYours : words.rehomedBody,
  }),
} satisfies {
  [Kind in DeliveryNotice['delivery']]: (
    notice: Extract<DeliveryNotice, { delivery: Kind }>,
    words: Words,
  ) => Told;
};
