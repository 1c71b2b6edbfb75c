import type { SlaCount, WorkPage } from '../../core/work.ts';
import { LIMITS, type Message } from './blocks.ts';
import { sumWords } from './digest-words.ts';
import { cutEscaped, inert } from './escape.ts';
import type { Reader } from './reader.ts';
import { answer, both, cut, type Line } from './recon-answer.ts';
import { pageOf } from './recon-list.ts';

const SHOWN = 20;

export type SlaReport = {
  readonly counts: readonly SlaCount[];
  /** The exceptions themselves, by due time. */
  readonly shown: WorkPage;
  readonly now: Date;
  /** Until when something is due soon. */
  readonly until: Date;
  readonly scope: string;
  readonly command: string;
};

/** What is late and what is due next, by team and owner with its age, then the exceptions themselves. */
export function slaAnswer(report: SlaReport, reader: Reader): Message {
  const { counts, until } = report;
  const { sla } = reader.words.operations;
  const scope = inert(report.scope, 300);
  if (counts.length === 0) {
    return answer(sla.title, [both(reader, ({ instant }) => sla.none({ until: instant(until), scope }))]);
  }
  const sum = (of: (count: SlaCount) => number): number => counts.reduce((total, one) => total + of(one), 0);
  const overdue = sum((one) => one.overdue);
  const soon = sum((one) => one.dueSoon);
  const lines = [
    both(reader, ({ instant }) => sla.total({ overdue, soon, until: instant(until), scope })),
    ...cut(
      counts.map((count) => slaLine(count, report.now, reader)),
      { most: SHOWN, more: reader.words.operations.more },
    ),
  ];
  const head = answer(sla.title, lines);
  const page = pageOf(report.shown, report.command, reader);
  return {
    text: cutEscaped(`${head.text}\n${page.text}`, LIMITS.text),
    blocks: [...head.blocks, ...page.blocks],
  };
}

function slaLine(count: SlaCount, now: Date, reader: Reader): Line {
  const { sla } = reader.words.operations;
  const owner = count.owner === undefined ? sla.nobody : inert(count.owner, 100);
  const row = sla.row({
    who: `${inert(count.team, 100)}, ${owner}`,
    overdue: count.overdue,
    soon: count.dueSoon,
    money: sumWords(count.money, reader),
  });
  const age = ageWords(now.getTime() - count.dueAt.getTime(), reader);
  return both(reader, ({ instant }) => {
    const at = instant(count.dueAt);
    return `• ${row}; ${count.overdue > 0 ? sla.since({ age, at }) : sla.first({ at })}`;
  });
}

/** `3 h`, `2 d`: the largest whole unit. */
export function ageWords(ms: number, { words }: Reader): string {
  const { ages } = words.operations;
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 1) return ages.moment;
  if (minutes < 60) return ages.minutes({ count: minutes });
  if (minutes < 48 * 60) return ages.hours({ count: Math.floor(minutes / 60) });
  return ages.days({ count: Math.floor(minutes / 1440) });
}
