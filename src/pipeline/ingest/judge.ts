import type { FeedContract } from '../../core/contract.ts';
import { driftOf, type Seen } from '../../core/intake/drift.ts';
import { type Finding, gravityOf, has } from '../../core/intake/finding.ts';
import { DEFAULT_POLICY, type IntakePolicy } from '../../core/intake/policy.ts';
import { isWeekend, median, type Past, spikeOf } from '../../core/intake/spike.ts';
import { columnKey } from '../../core/row.ts';
import type { PastDelivery } from './history.sql.ts';

/** What of a delivery is compared with the deliveries before it. */
export type Judged = {
  readonly seen: Seen;
  readonly rows: number;
  readonly amounts: Readonly<Record<string, string>>;
  readonly weekday: number;
};

export const policyOf = ({ intake = DEFAULT_POLICY }: FeedContract): IntakePolicy => intake;

/** How the delivery's columns and cells differ from those before; deliveries whose own change nobody accepted are no measure. */
export const judgeDrift = (
  contract: FeedContract,
  seen: Seen,
  history: readonly PastDelivery[],
): readonly Finding[] => driftOf(contract, seen, measures(history));

const isMeasure = ({ findings, isDecided }: PastDelivery): boolean => isDecided || !has(findings, 'breaking');

const measures = (history: readonly PastDelivery[]): readonly Seen[] =>
  history.filter(isMeasure).flatMap(({ seen }) => (seen === null ? [] : [seen]));

/** Whether a delivery before was without these columns and was taken so, or had them: only then is their absence no mistake of the contract. */
export function isExpected(
  missing: readonly string[],
  history: readonly PastDelivery[],
  { contractVersion }: { readonly contractVersion: number },
): boolean {
  const last = history.find(isMeasure);
  if (last?.seen === undefined || last.seen === null) return false;
  if (last.contractVersion === contractVersion) return true;
  const known = new Set(last.seen.observed.columns.map(({ name }) => columnKey(name)));
  return missing.every((column) => known.has(columnKey(column)));
}

/** How much it is, in rows and in money, against what is usual. */
export function judgeFigures(
  contract: FeedContract,
  now: Judged,
  history: readonly PastDelivery[],
): readonly Finding[] {
  const { volume, value } = policyOf(contract);
  const { weekday } = now;
  const rows = history.map((past) => ({ value: past.rows, weekday: past.weekday }));
  const spike = volume && spikeOf({ value: now.rows, weekday }, rows, volume);
  const usual = usualRows(rows, weekday);
  const isEmpty = now.rows === 0 && usual > 0 && spike === undefined;
  return [
    ...(spike ? [{ kind: 'volume', ...spike } as const] : []),
    ...(isEmpty ? [{ kind: 'empty', usual } as const] : []),
    ...(value === undefined
      ? []
      : currenciesOf(now, history).flatMap((currency) => {
          const past = history.flatMap(({ amounts, weekday: on }) =>
            amounts[currency] === undefined ? [] : [{ value: Number(amounts[currency]), weekday: on }],
          );
          const found = spikeOf({ value: Number(now.amounts[currency] ?? '0'), weekday }, past, value);
          if (found === undefined) return [];
          const { zscore, history: compared } = found;
          const usual = Math.round(found.usual).toString();
          return [
            {
              kind: 'value',
              currency,
              now: now.amounts[currency] ?? '0',
              usual,
              zscore,
              history: compared,
            } as const,
          ];
        })),
  ];
}

/** How many rows such a day has: a source may well have nothing on Sundays. */
function usualRows(past: readonly Past[], weekday: number): number {
  const alike = past.filter((one) => isWeekend(one.weekday) === isWeekend(weekday));
  const rows = (alike.length > 0 ? alike : past).map(({ value }) => value);
  return rows.length === 0 ? 0 : median(rows);
}

const currenciesOf = (now: Judged, history: readonly PastDelivery[]): readonly string[] =>
  [...new Set([now, ...history].flatMap(({ amounts }) => Object.keys(amounts)))].sort();

/** Whether the findings make the delivery wait for a person. */
export function isHeldBy(
  findings: readonly Finding[],
  policy: IntakePolicy,
  { holdsDrift }: { readonly holdsDrift: boolean },
): boolean {
  const breaks = policy.breaking === 'hold' || holdsDrift;
  return findings.some((finding) => {
    const gravity = gravityOf(finding);
    return (gravity === 'breaking' && breaks) || (gravity === 'spike' && policy.spike === 'hold');
  });
}
