import type { LatestRun, QuarantineCount, QuarantineRow, TrailState } from '../../core/work.ts';
import type { Message } from './blocks.ts';
import { inert } from './escape.ts';
import { localInstant, plainInstant } from './instants.ts';
import { answer, type Line } from './recon-answer.ts';
import type { WriteInstant } from './words.ts';

const SHOWN = 20;

/** The latest run of every reconciliation: when, how it ended, what it counted. */
export function runAnswer(runs: readonly LatestRun[]): Message {
  if (runs.length === 0)
    return answer('Latest runs', ['Nothing ran yet. An operator starts one: tieout run.']);
  return answer('Latest runs', cut(runs.map(runLine)));
}

const runLine = (run: LatestRun): Line =>
  both((instant) => {
    const mode = run.mode === 'active' ? '' : ` in ${inert(run.mode, 30)} mode`;
    const head = `*${inert(run.reconciliation, 100)}*: ${inert(run.status, 30)}${mode}, started ${instant(run.startedAt)}, as of ${instant(run.cutoffAt)}`;
    const end = run.finishedAt === undefined ? ', not finished' : '';
    const problem =
      run.problem === undefined
        ? ''
        : `\n${inert(run.problem, 500)}\nTell an operator; the next run tries again.`;
    return `${head}${end}${countsLine(run.counts)}${problem}`;
  });

const COUNT_WORDS: Readonly<Record<string, string>> = {
  expected: 'expected records',
  actual: 'actual records',
  matches: 'new matches',
  autoResolved: 'settled by rule',
  open: 'exceptions opened',
  update: 'updated',
  reopen: 'reopened',
  clear: 'cleared',
};

function countsLine(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(COUNT_WORDS).flatMap(([key, word]) =>
    Object.hasOwn(counts, key) ? [`${counts[key]} ${word}`] : [],
  );
  return parts.length === 0 ? '' : `\n${parts.join(', ')}`;
}

/** Where the trail ends, and how old the newest copy outside the database is. */
export function auditAnswer({ seq, hash, anchor }: TrailState, now: Date): Message {
  const copy: Line =
    anchor === undefined
      ? 'No copy of its end has left the database yet: tieout audit anchor makes one.'
      : both(
          (instant) =>
            `Last anchor: event ${anchor.seq}, ${ageWords(now.getTime() - anchor.at.getTime())} ago (${instant(anchor.at)}), ${inert(anchor.place, 100)}; ${seq - anchor.seq} events since`,
        );
  return answer('Audit trail', [
    `${seq} events, the last one ${inert(hash.slice(0, 16), 20)}…`,
    copy,
    'This looks at the end only. The whole chain is walked by: tieout audit verify',
  ]);
}

/** `3 h`, `2 d`: the largest whole unit. */
export function ageWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

/** Rows that were kept out: how many per feed and reason, and the newest ones when the person may see them. */
export function quarantineAnswer(
  counts: readonly QuarantineCount[],
  newest: readonly QuarantineRow[] | undefined,
): Message {
  if (counts.length === 0)
    return answer('Quarantine', ['Nothing is kept out: every row that came is a record.']);
  return answer('Quarantine', [
    ...cut(
      counts.map(({ feed, reason, count }) => `• ${inert(feed, 100)}: ${count} × ${reasonWords(reason)}`),
    ),
    ...(newest === undefined
      ? ['The rows themselves are shown to ops leads, admins, finance and auditors.']
      : ['*Newest*', ...newest.slice(0, 5).map(rowLine)]),
    'With their bytes: tieout quarantine. Correct them at the source and deliver again.',
  ]);
}

const rowLine = (row: QuarantineRow): string =>
  `• ${inert(row.feed, 100)}, ${inert(row.delivery, 150)} line ${row.line}: ${reasonWords(row.reason)}, ${inert(row.detail, 300)}`;

const reasonWords = (reason: string): string => inert(reason.replaceAll('_', ' '), 60);

const both = (write: (instant: WriteInstant) => string): Line => ({
  rich: write(localInstant),
  plainly: write(plainInstant),
});

const cut = (lines: readonly Line[]): Line[] =>
  lines.length <= SHOWN ? [...lines] : [...lines.slice(0, SHOWN), `• and ${lines.length - SHOWN} more`];
