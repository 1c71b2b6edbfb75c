import { suggestion } from '../core/nearest-word.ts';
import type { RateRule } from '../core/spec.ts';
import type { Context } from './reconciliation-context.ts';

const FITTING = {
  from: ['text', 'reference', 'choice'],
  into: ['text', 'reference', 'choice'],
  rate: ['decimal', 'integer'],
} as const satisfies Record<string, readonly string[]>;

/** Where rates come from, after noting whatever in it cannot hold; undefined where the file names no rates. */
export function toRateRule({ file, source, known }: Context): RateRule | undefined {
  const { rates } = file.currency;
  if (rates === undefined) return undefined;
  const path = ['currency', 'rates'];
  const contract = known.feeds.get(rates.feed);
  if (contract === undefined && !known.brokenFeeds.has(rates.feed)) {
    source.problem(
      [...path, 'feed'],
      `no feed "${rates.feed}"${suggestion(rates.feed, [...known.feeds.keys()])}`,
    );
  }
  for (const key of ['from', 'into', 'rate'] as const) {
    if (contract === undefined) continue;
    const field = contract.fields.find(({ name }) => name === rates[key]);
    const fitting: readonly string[] = FITTING[key];
    if (field === undefined) {
      const names = contract.fields.map(({ name }) => name);
      source.problem(
        [...path, key],
        `feed ${rates.feed} has no field "${rates[key]}"${suggestion(rates[key], names)}`,
      );
    } else if (!fitting.includes(field.type.kind)) {
      source.problem(
        [...path, key],
        `${field.name} is ${field.type.kind}; it must be ${fitting.join(' or ')}`,
      );
    }
  }
  const { max_age: maxAgeDays, ...names } = rates;
  return { ...names, maxAgeDays };
}
