import { amountTagOf } from '../../core/configured.ts';
import {
  AGED_DAYS,
  type DigestAbout,
  type DigestFacts,
  foldDigest,
  type SettledCount,
  settledTeam,
  tallyOf,
} from '../../core/digest.ts';
import type { Organisation } from '../../core/organisation.ts';
import { dueAt } from '../../core/sla.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { seesEverything } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { digestCounts } from './digest-counts.sql.ts';
import { digestItems } from './digest-items.sql.ts';
import type { DigestScope } from './digest-scope.sql.ts';
import { settledCounts } from './settled-counts.sql.ts';

export type DigestInput = {
  readonly workspaceId: string;
  readonly scope: DigestScope;
  readonly period: { readonly from: Date; readonly until: Date };
  readonly now: Date;
  readonly organisation: Pick<Organisation, 'calendar' | 'clients' | 'ownership' | 'teams'>;
  /** As configured: they say which team a settled group would have concerned. */
  readonly specs: readonly Reconciliation[];
};

const DAY_MS = 86_400_000;

/** When something that is due by then is due within the next working day. */
export const soonAfter = (now: Date, { calendar }: Pick<Organisation, 'calendar'>): Date =>
  dueAt(now, { kind: 'business_days', days: 1, text: '1bd' }, calendar);

/** Everything a digest of the scope says as of `now`; three statements, whatever there is to count. */
export async function readDigest(tx: Tx, input: DigestInput): Promise<DigestFacts> {
  const { workspaceId, scope, period, now, organisation } = input;
  const query = {
    workspaceId,
    scope,
    period,
    now,
    agedBefore: new Date(now.getTime() - AGED_DAYS * DAY_MS),
    soon: soonAfter(now, organisation),
  };
  const counts = await digestCounts(tx, query);
  const settled = await settledCounts(tx, query);
  const items = await digestItems(tx, query);
  return {
    ...foldDigest(counts),
    about: aboutOf(input),
    from: period.from,
    until: period.until,
    agedDays: AGED_DAYS,
    autoResolved: tallyOf(settled.filter((one) => concerns(one, input))),
    by: scope.kind === 'clients' ? 'client' : 'owner',
    items: items.map((item) => ({ ...item, amountTag: amountTagOf(organisation, item.client) })),
  };
}

/** Settled groups have no team of their own; those of a scope of clients were chosen by client already. */
function concerns(settled: SettledCount, { scope, specs, organisation }: DigestInput): boolean {
  if (scope.kind === 'clients') return true;
  const team = settledTeam(settled, { specs, ownership: organisation.ownership });
  if (scope.team !== undefined && team !== scope.team) return false;
  if (scope.kind !== 'viewer' || seesEverything(scope.viewer)) return true;
  const name = organisation.teams.find(({ key }) => key === team)?.name;
  return name !== undefined && scope.viewer.teams.includes(name);
}

function aboutOf({ scope, organisation }: DigestInput): DigestAbout {
  if (scope.kind === 'clients') return { kind: 'clients', clients: scope.clients };
  const name = organisation.teams.find(({ key }) => key === scope.team)?.name ?? scope.team;
  if (scope.kind === 'team') return { kind: 'team', name: name ?? scope.team };
  if (scope.kind === 'everything') return { kind: 'visible', team: name, seesAll: true, teams: [] };
  const { viewer } = scope;
  return { kind: 'visible', team: name, seesAll: seesEverything(viewer), teams: viewer.teams };
}
