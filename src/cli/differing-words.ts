import { SEAT_NAMES } from '../core/rule-change.ts';
import { inert } from './output.ts';
import type { DifferingFile } from './rules-in-force.ts';

/** In a line, that a file is not what runs use, and what to do about it. */
export function differingWords({ reconciliation, file, active, pending }: DifferingFile): string {
  const stays = `runs go on with version ${active}`;
  if (pending === undefined) {
    return inert(
      `${reconciliation}: ${file} differs from the active rule; ${stays}. Propose it: tieout rules propose ${file} --as <person> --why "<reason>"`,
    );
  }
  const open = pending.open.map((seat) => SEAT_NAMES[seat]).join(', ');
  return inert(
    `${reconciliation}: ${file} is proposed by ${pending.byName} and waits for: ${open}; ${stays}.`,
  );
}
