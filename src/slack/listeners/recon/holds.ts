import { configuredHolds } from '../../../core/configured.ts';
import { holdPage } from '../../../pipeline/report/hold-page.ts';
import type { Message } from '../../views/blocks.ts';
import { holdsAnswer } from '../../views/recon-holds.ts';
import type { Asking, CommandOf } from './asking.ts';

/** What stops payments, of all that the person sees. */
export async function holds({ text }: CommandOf<'holds'>, asking: Asking): Promise<Message> {
  const { tx, workspaceId, viewer, organisation, reader, page } = asking;
  const shown = await holdPage(tx, { workspaceId, viewer, filter: { isOpen: true, text } }, { page });
  return holdsAnswer(configuredHolds(shown, organisation), { command: asking.text, typed: text }, reader);
}
