import type { LatestRun, QuarantineCount, QuarantineRow, TrailProof, TrailState } from '../../core/work.ts';
import type { Message } from './blocks.ts';
import { inert } from './escape.ts';
import type { Reader } from './reader.ts';
import { answer, bold, both, cut, type Line } from './recon-answer.ts';
import { ageWords } from './recon-sla.ts';

const SHOWN = 20;

/** The latest run of every reconciliation: when, how it ended, what it counted. */
export function runAnswer(runs: readonly LatestRun[], reader: Reader): Message {
  const { run, more } = reader.words.operations;
  if (runs.length === 0) return answer(run.title, [run.none]);
  return answer(
    run.title,
    cut(
      runs.map((one) => runLine(one, reader)),
      { most: SHOWN, more },
    ),
  );
}

function runLine(one: LatestRun, reader: Reader): Line {
  const { run } = reader.words.operations;
  const statuses: Readonly<Record<string, string>> = run.statuses;
  const status = Object.hasOwn(statuses, one.status) ? statuses[one.status] : undefined;
  const end = one.finishedAt === undefined ? `, ${run.unfinished}` : '';
  const problem = one.problem === undefined ? '' : `\n${inert(one.problem, 500)}\n${run.problem}`;
  return both(reader, ({ instant }) => {
    const head = run.head({
      status: status ?? inert(one.status, 30),
      mode: one.mode === 'active' ? '' : inert(one.mode, 30),
      started: instant(one.startedAt),
      cutoff: instant(one.cutoffAt),
    });
    return `${inert(one.reconciliation, 100)}: ${head}${end}${countsLine(one.counts, reader)}${problem}`;
  });
}

function countsLine(counts: Readonly<Record<string, number>>, { words }: Reader): string {
  const parts = Object.entries(words.operations.run.counts).flatMap(([key, word]) =>
    Object.hasOwn(counts, key) ? [`${counts[key]} ${word}`] : [],
  );
  return parts.length === 0 ? '' : `\n${parts.join(', ')}`;
}

/** Where the trail ends, and how old the newest copy outside the database is. */
export function auditAnswer({ seq, hash, anchor }: TrailState, now: Date, reader: Reader): Message {
  const { audit } = reader.words.operations;
  const copy: Line =
    anchor === undefined
      ? audit.noAnchor
      : both(reader, ({ instant }) =>
          audit.anchor({
            seq: anchor.seq.toString(),
            age: ageWords(now.getTime() - anchor.at.getTime(), reader),
            at: instant(anchor.at),
            place: inert(anchor.place, 100),
            since: (seq - anchor.seq).toString(),
          }),
        );
  const events = audit.events({ count: seq.toString(), hash: inert(hash.slice(0, 16), 20) });
  return answer(audit.title, [events, copy, audit.verify]);
}

const PROBLEMS = 10;

/** Whether the whole trail is intact and complete, or where it was changed. */
export function proofAnswer({ events, problems, anchoredSeq }: TrailProof, reader: Reader): Message {
  const { audit, more } = reader.words.operations;
  if (problems.length > 0) {
    const lines = problems.map(({ where, what }) => `• ${inert(where, 100)}: ${inert(what, 300)}`);
    const changed = audit.changed({ count: problems.length, events: String(events) });
    return answer(audit.title, [bold(changed), ...cut(lines, { most: PROBLEMS, more })]);
  }
  const end =
    events > 0 && anchoredSeq === 0n ? audit.notComplete : audit.complete({ seq: anchoredSeq.toString() });
  return answer(audit.title, [audit.intact({ count: String(events) }), end]);
}

/** Rows that were kept out: how many per feed and reason, and the newest ones when the person may see them. */
export function quarantineAnswer(
  counts: readonly QuarantineCount[],
  newest: readonly QuarantineRow[] | undefined,
  reader: Reader,
): Message {
  const { quarantine, more } = reader.words.operations;
  if (counts.length === 0) return answer(quarantine.title, [quarantine.none]);
  const lines = counts.map(
    ({ feed, reason, count }) => `• ${inert(feed, 100)}: ${count} × ${reasonWords(reason)}`,
  );
  return answer(quarantine.title, [
    ...cut(lines, { most: SHOWN, more }),
    ...(newest === undefined
      ? [quarantine.hidden]
      : [bold(quarantine.newest), ...newest.slice(0, 5).map((row) => rowLine(row, reader))]),
    quarantine.wayOut,
  ]);
}

function rowLine(row: QuarantineRow, { words }: Reader): string {
  const where = words.operations.quarantine.line({ delivery: inert(row.delivery, 150), line: row.line });
  return `• ${inert(row.feed, 100)}, ${where}: ${reasonWords(row.reason)}, ${inert(row.detail, 300)}`;
}

const reasonWords = (reason: string): string => inert(reason.replaceAll('_', ' '), 60);
