import type { GovernanceTerms } from '../core/organisation.ts';
import { canBeDecided, SEATS } from '../core/rule-change.ts';
import type { OrganisationFile } from './schema-organisation.ts';
import type { YamlSource } from './yaml.ts';

/** Two weeks: three people, one of them on holiday. */
const EXPIRE_AFTER_MS = 14 * 86_400_000;

/** How rules change, as `tieout.yaml` says; undefined where its files decide by themselves. */
export const toGovernance = ({ governance }: OrganisationFile): GovernanceTerms | undefined =>
  governance && {
    channel: governance.channel,
    expireAfterMs: governance.expire_after ?? EXPIRE_AFTER_MS,
  };

/** Notes on `source` that nobody could ever approve a change: three seats need three people. */
export function checkGovernance(file: OrganisationFile, source: YamlSource): void {
  if (file.governance === undefined) return;
  const people = Object.entries(file.people).map(([key, { roles }]) => ({ key, roles }));
  const missing = SEATS.filter((seat) => people.every(({ roles }) => !roles.includes(seat)));
  if (missing.length > 0) {
    const text = `nobody could approve a change of a rule: no person has the role ${missing.join(', nor ')}; give it to somebody in people`;
    source.problem(['governance'], text);
    return;
  }
  if (!canBeDecided(people)) {
    const text = `nobody could approve a change of a rule: ${SEATS.join(', ')} must be three different people; give these roles to more people`;
    source.problem(['governance'], text);
  }
}
