import { LIMITS, plainText, section, type View } from './blocks.ts';
import { plain } from './escape.ts';
import type { Reader } from './reader.ts';

/** What a person sees at once while a slow read goes on; the real view takes its place. */
export const loadingModal = ({ words }: Reader): View => ({
  type: 'modal',
  callback_id: 'loading',
  title: plainText(plain(words.answers.loadingTitle, LIMITS.viewTitle)),
  close: plainText(words.modal.close),
  blocks: [section(words.answers.loading)],
});
