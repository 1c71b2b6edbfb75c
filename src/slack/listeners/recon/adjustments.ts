import { configuredEntries } from '../../../core/configured.ts';
import { ENTRY_KINDS, ENTRY_STATES, type EntryFilter } from '../../../core/entry.ts';
import { nearestWord } from '../../../core/nearest-word.ts';
import { type EntryNames, entryNames } from '../../../pipeline/report/entry-names.sql.ts';
import { entryPage } from '../../../pipeline/report/entry-page.ts';
import type { Message } from '../../views/blocks.ts';
import { adjustmentsAnswer } from '../../views/recon-adjustments.ts';
import type { Asking, CommandOf } from './asking.ts';

/** What waits to be booked and what is booked, of all that the person sees. */
export async function adjustments({ filter }: CommandOf<'adjustments'>, asking: Asking): Promise<Message> {
  const { tx, workspaceId, viewer, organisation, reader, page, text } = asking;
  const shown = await entryPage(tx, { workspaceId, viewer, filter }, { page });
  const isEmpty = shown.sums.waiting.count + shown.sums.booked.count === 0;
  const asked = {
    command: text,
    typed: text.trim().split(/\s+/).slice(1).join(' '),
    near: isEmpty ? nearTo(filter, await entryNames(tx, { workspaceId, viewer })) : undefined,
  };
  return adjustmentsAnswer(configuredEntries(shown, organisation), asked, reader);
}

/** The known name that is near to one that was asked for and is none. */
function nearTo(filter: EntryFilter, { clients, orders, payees, people }: EntryNames): string | undefined {
  const asked = [
    [filter.text, [...ENTRY_STATES, ...ENTRY_KINDS, ...clients, ...orders, ...payees]],
    [filter.client, clients],
    [filter.order, orders],
    [filter.payee, payees],
    [filter.by, people],
  ] as const;
  for (const [typed, names] of asked) {
    const word = typed?.toLowerCase();
    if (word === undefined || word === 'me') continue;
    if (names.some((name) => name.toLowerCase().includes(word))) continue;
    const near = nearestWord(word, names);
    if (near !== undefined) return near;
  }
  return undefined;
}
