import { parseAmount } from '../core/money.ts';
import { suggestion } from '../core/nearest-word.ts';
import { APPROVALS_EXPIRE_AFTER_MS, BOOKINGS, type Limit, type MoneySettings } from '../core/organisation.ts';
import { refuseRepeated } from './reconciliation.ts';
import type { OrganisationFile } from './schema-organisation.ts';
import type { YamlSource } from './yaml.ts';

/** What `tieout.yaml` says about reason codes, limits, approvals and periods. */
export const toMoney = (file: OrganisationFile): MoneySettings => ({
  reasonCodes: (file.reason_codes ?? []).map(({ code, label, for: uses }) => ({ code, label, uses })),
  limits: file.limits?.map(toLimit),
  approvals: {
    team: file.approvals?.team ?? (Object.hasOwn(file.teams, 'finance') ? 'finance' : undefined),
    expireAfterMs: file.approvals?.expire_after ?? APPROVALS_EXPIRE_AFTER_MS,
  },
  closedThrough: file.periods?.closed_through,
});

type LimitFile = NonNullable<OrganisationFile['limits']>[number];

function toLimit({ person, role, up_to: upTo, currency, for: books }: LimitFile): Limit {
  const read = parseAmount(upTo, currency);
  // What cannot be read is noted by `checkMoney`, and nothing is made of the file then.
  return { person, role, upToMinor: read.ok ? read.value : 0n, currency, books: books ?? BOOKINGS };
}

/** Notes on `source` every limit and team that means nothing, and codes that stand twice. */
export function checkMoney(file: OrganisationFile, source: YamlSource): void {
  const people = Object.keys(file.people);
  for (const [index, { person, up_to: upTo, currency }] of (file.limits ?? []).entries()) {
    if (person !== undefined && !people.includes(person)) {
      const text = `no person "${person}" in people${suggestion(person, people)}`;
      source.problem(['limits', index, 'person'], text);
    }
    const read = parseAmount(upTo, currency);
    if (!read.ok) source.problem(['limits', index, 'up_to'], `${read.refusal.detail}; write it like 250.00`);
  }
  const team = file.approvals?.team;
  if (team !== undefined && !Object.hasOwn(file.teams, team)) {
    const text = `no team "${team}" in teams${suggestion(team, Object.keys(file.teams))}`;
    source.problem(['approvals', 'team'], text);
  }
  const codes = (file.reason_codes ?? []).map(({ code }) => code);
  refuseRepeated(source, codes, (index) => ['reason_codes', index, 'code'], 'reason code');
}
