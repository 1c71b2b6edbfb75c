import type { Severity } from './severity.ts';
import { comparesAmounts, type Reconciliation } from './spec.ts';
import { raiseOf } from './verify.ts';

export type Raise = { readonly type: string; readonly severity: Severity };

/** Every kind of exception that a run of the spec can raise, each once. */
export function raisesOf(spec: Reconciliation): readonly Raise[] {
  const { actual, expected } = spec.missing;
  const all: Raise[] = [
    ...(comparesAmounts(spec) ? [{ type: 'amount_differs', severity: 'manual_review' } as const] : []),
    ...spec.verify.flatMap((rule) => (rule.else ? [{ type: raiseOf(rule), severity: rule.else }] : [])),
    ...(comparesAmounts(spec) ? [{ type: 'currency_differs', severity: 'manual_review' } as const] : []),
    ...spec.duplicates.map(({ raise, severity }) => ({ type: raise, severity })),
    ...[actual, expected].flatMap((rule) => (rule ? [{ type: rule.raise, severity: rule.severity }] : [])),
  ];
  return [...new Map(all.map((raise) => [`${raise.type} ${raise.severity}`, raise])).values()];
}
