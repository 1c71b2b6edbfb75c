import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { playbookText } from '../../core/playbook.ts';
import { type Block, LIMITS, plainText, section, type View } from './blocks.ts';
import { inert, plain } from './escape.ts';
import { markdownBlocks } from './markdown.ts';
import type { Reader } from './reader.ts';
import { typeTitle } from './type-words.ts';

type Facts = Pick<CardFacts, 'playbook'>;

/** The address of a playbook that is a page, as it may stand in a link: nothing in it ends the link. */
export const playbookAddress = ({ playbook }: Facts): string | undefined =>
  playbook?.kind === 'page'
    ? new URL(playbook.address).href.replaceAll('&', '&amp;').replaceAll(/[<>|]/g, encodeURIComponent)
    : undefined;

/** The link to a playbook that is a page; nothing for a text, which has a button. */
export function playbookLink(facts: Facts, { words }: Reader): string[] {
  const address = playbookAddress(facts);
  return address === undefined ? [] : [`<${address}|${words.card.labels.playbook}>`];
}

/** What to do, among the details of an exception: the text in the reader's language, or the link. */
export function playbookBlocks(facts: Facts, reader: Reader): Block[] {
  const link = playbookLink(facts, reader).map(section);
  const blocks = facts.playbook?.kind === 'text' ? textBlocks(facts.playbook, reader) : link;
  return blocks.length === 0 ? [] : [section(`*${reader.words.card.labels.playbook}*`), ...blocks];
}

const textBlocks = (
  playbook: Extract<NonNullable<Facts['playbook']>, { kind: 'text' }>,
  { locale }: Reader,
): Block[] => markdownBlocks(playbookText(playbook, locale) ?? '');

/** The playbook alone, as the card's button opens it. */
export function playbookModal(facts: CardFacts, reader: Reader): View {
  const { words } = reader;
  const title = `*${exceptionLabel(facts.number)} · ${inert(typeTitle(facts.type, reader), 200)}*`;
  const [, ...blocks] = playbookBlocks(facts, reader);
  return {
    type: 'modal',
    callback_id: 'playbook',
    title: plainText(plain(words.card.labels.playbook, LIMITS.viewTitle)),
    close: plainText(words.modal.close),
    blocks: [section(title), ...(blocks.length === 0 ? [section(words.card.noPlaybook)] : blocks)].slice(
      0,
      LIMITS.modalBlocks,
    ),
  };
}
