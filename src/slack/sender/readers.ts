import type { Organisation } from '../../core/organisation.ts';
import type { Sql } from '../../db/client.ts';
import { readPersonReading } from '../../db/outbox/read-reading.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { personReader, type Reader, teamReader } from '../views/reader.ts';

type Settings = Pick<Organisation, 'locale' | 'zone' | 'people' | 'teams'>;

/** Finds who reads at an address: the team's language in its channel, a person's own in a direct message. */
export const readersOf =
  (organisation: Settings, { sql, workspaceId }: { sql: Sql; workspaceId: string }) =>
  async (address: string): Promise<Reader> => {
    const [kind, key] = [address.slice(0, address.indexOf(':')), address.slice(address.indexOf(':') + 1)];
    if (kind !== 'person') return teamReader(organisation, key);
    const person = await inWorkspace(sql, workspaceId, (tx) => readPersonReading(tx, workspaceId, key));
    return person ? personReader(organisation, person) : teamReader(organisation, undefined);
  };
