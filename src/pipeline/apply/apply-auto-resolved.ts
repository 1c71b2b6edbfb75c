import type { AuditFact } from '../../core/audit.ts';
import { type SettledLine, type SettledNotice, storedMoney } from '../../core/message.ts';
import { isOneSided } from '../../core/one-sided.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';
import { appendBodies, auditBodies } from '../audit/append.sql.ts';
import { madeAutoResolved, type SettledMatch } from './made-matches.sql.ts';

/**
 * Puts the groups that a rule settled in this run on the trail, and tells the teams the rules name. Does `work` before: what
 * goes on the trail is written meanwhile.
 */
export async function applyAutoResolved(
  tx: Tx,
  input: { workspaceId: string; runId: string; spec: Reconciliation },
  work: () => Promise<void>,
): Promise<void> {
  const { workspaceId, runId, spec } = input;
  const made = await madeAutoResolved(tx, spec);
  const sets = setsOf(made);
  const [bodies] = await Promise.all([auditBodies(sets, (set) => toFact(set, runId)), work()]);
  await appendBodies(tx, { workspaceId, bodies });
  const teams = new Map(spec.verify.map(({ id, notify }) => [id, notify]));
  const teamOf = ({ pass, rule }: SettledMatch) => (isOneSided(pass) ? undefined : teams.get(rule));
  for (const team of new Set(made.flatMap((match) => teamOf(match) ?? []))) {
    const lines = made.filter((match) => teamOf(match) === team);
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `auto_resolved:${runId}:${team}`,
      address: `team:${team}`,
      payload: toNotice(lines, spec),
    });
  }
}

/**
 * So many matches that one rule settled share an event, which says of each what an event of its own would: where nothing has a
 * key in common, nearly every pair is settled by a rule. Few enough that an event is a page or two.
 */
const TOGETHER = 50;

/** Matches that were settled by the same rule for the same reason, in the order of their ids. */
function setsOf(made: readonly SettledMatch[]): SettledMatch[][] {
  const open = new Map<string, SettledMatch[]>();
  const sets: SettledMatch[][] = [];
  for (const match of made) {
    const kind = `${match.rule} ${match.reason}`;
    const set = open.get(kind) ?? [];
    if (set.length === 0) sets.push(set);
    set.push(match);
    if (set.length < TOGETHER) open.set(kind, set);
    else open.delete(kind);
  }
  return sets;
}

const toFact = (set: readonly SettledMatch[], runId: string): AuditFact => ({
  action: 'match.auto_resolved',
  entity: 'run',
  entityId: runId,
  actor: { kind: 'program', name: 'run' },
  reason: set[0]?.reason,
  data: {
    rule: set[0]?.rule ?? null,
    matches: set.map((match) => ({
      match_id: match.matchId,
      order_ref: match.orderRef,
      expected_minor: match.expectedMinor?.toString() ?? null,
      actual_minor: match.actualMinor?.toString() ?? null,
      currency: match.currency,
      original_periods: periodsOf(match),
    })),
  },
});

/** A reader wants the sum and the largest; the rest is on the record. */
const SHOWN = 15;

function toNotice(matches: readonly SettledMatch[], spec: Reconciliation): SettledNotice {
  const total = matches.reduce((sum, match) => sum + differenceOf(match), 0n);
  const [first] = matches;
  const sameCurrency = matches.every(({ currency }) => currency === first?.currency);
  return {
    notice: 'settled',
    reconciliation: spec.key,
    count: matches.length,
    total: sameCurrency ? storedMoney({ minor: total, currency: first?.currency ?? spec.compareIn }) : null,
    lines: matches.slice(0, SHOWN).map((match) => toLine(match, spec)),
  };
}

const toLine = (match: SettledMatch, spec: Reconciliation): SettledLine => ({
  orderRef: match.orderRef,
  difference: storedMoney({ minor: differenceOf(match), currency: match.currency ?? spec.compareIn }),
  reason: match.reason,
  client: match.client,
  periods: periodsOf(match).map((day) => day.slice(0, 7)),
});

const differenceOf = ({ expectedMinor, actualMinor }: SettledMatch): bigint =>
  (actualMinor ?? 0n) - (expectedMinor ?? 0n);

/** The months the match's credits belong to: they are booked there, not where they arrived. */
const periodsOf = ({ periods }: SettledMatch): string[] => [...periods].sort();
