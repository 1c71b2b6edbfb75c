import type { Config } from '../../config/load.ts';
import type {
  MoneySettings,
  Organisation,
  OwnershipRow,
  PersonConfig,
  TeamConfig,
} from '../../core/organisation.ts';

/** The agency whose departments the examples show. */
const NAME = 'Northlight';

/**
 * Several configurations as one organisation: who and what bears the same key is the same, and each ownership matrix
 * speaks only of its own reconciliations. Limits and reason codes of any hold for all; the first decides what can only be
 * said once.
 */
export function together([first, ...others]: readonly [Config, ...Config[]]): Config {
  const all = [first, ...others];
  const organisations = all.map(({ organisation }) => organisation);
  return {
    folder: first.folder,
    organisation: {
      ...first.organisation,
      name: NAME,
      people: byKey(
        organisations.flatMap(({ people }) => people),
        ({ key }) => key,
        bothPeople,
      ),
      teams: byKey(
        organisations.flatMap(({ teams }) => teams),
        ({ key }) => key,
        bothTeams,
      ),
      clients: byKey(
        organisations.flatMap(({ clients }) => clients),
        ({ name }) => name,
        (client) => client,
      ),
      ownership: [...all.flatMap(ownRows), ...first.organisation.ownership.slice(-1)],
      money: allMoney(
        first.organisation.money,
        organisations.map(({ money }) => money),
      ),
      slaPolicies: inReverse(organisations.map(({ slaPolicies }) => slaPolicies ?? {})),
      playbooks: inReverse(organisations.map(({ playbooks }) => playbooks)),
      schedules: organisations.flatMap(({ schedules }) =>
        schedules.map((schedule) => ({ ...schedule, key: schedule.reconciliation })),
      ),
    },
    feeds: new Map(all.flatMap(({ feeds }) => [...feeds])),
    reconciliations: new Map(all.flatMap(({ reconciliations }) => [...reconciliations])),
  };
}

/** One organisation has one list of limits: a row of any example is a row of it. */
function allMoney(first: MoneySettings, all: readonly MoneySettings[]): MoneySettings {
  const limits = all.flatMap((money) => money.limits ?? []);
  return {
    ...first,
    limits: all.every((money) => money.limits === undefined) ? undefined : limits,
    reasonCodes: byKey(
      all.flatMap(({ reasonCodes }) => reasonCodes),
      ({ code }) => code,
      (code) => code,
    ),
  };
}

/** Objects as one, the earlier before the later. */
const inReverse = <T extends object>(objects: readonly T[]): T =>
  Object.assign({}, ...[...objects].reverse());

function byKey<T>(all: readonly T[], keyOf: (one: T) => string, both: (one: T, other: T) => T): T[] {
  const kept = new Map<string, T>();
  for (const one of all) {
    const before = kept.get(keyOf(one));
    kept.set(keyOf(one), before === undefined ? one : both(before, one));
  }
  return [...kept.values()];
}

const bothPeople = (one: PersonConfig, other: PersonConfig): PersonConfig => ({
  ...one,
  roles: [...new Set([...one.roles, ...other.roles])],
});

const bothTeams = (one: TeamConfig, other: TeamConfig): TeamConfig => ({
  ...one,
  members: [...new Set([...one.members, ...other.members])],
});

const ownRows = ({ organisation, reconciliations }: Config): OwnershipRow[] =>
  [...reconciliations.keys()].flatMap((key) => rowsOf(organisation, key));

const rowsOf = ({ ownership }: Organisation, reconciliation: string): OwnershipRow[] =>
  ownership
    .filter((row) => row.reconciliation === undefined || row.reconciliation === reconciliation)
    .map((row) => ({ ...row, reconciliation }));
