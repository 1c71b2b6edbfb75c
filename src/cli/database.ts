import type { Environment } from '../config/env.ts';
import { type ConnectOptions, connect, type Sql } from '../db/client.ts';
import { startEmbeddedApplication } from '../db/embedded/application.ts';
import { migrate, schemaVersion } from '../db/migrate.ts';
import { assertSafeSession } from '../db/session.ts';
import { STATE } from './state.ts';

type PoolRole = ConnectOptions['role'];

export type Database = {
  /** A pool acting as the application role; the same one each time it is asked for. */
  readonly pool: (role: PoolRole) => Sql;
  readonly url: string;
  /** Logs in as somebody who may migrate: the embedded server's superuser, or DATABASE_URL as given. */
  readonly adminUrl: string;
  readonly close: () => Promise<void>;
};

/**
 * Opens the database that DATABASE_URL names, or the embedded one, and checks that its tables are this code's.
 *
 * `own`:      the login itself must be safe; `serve` insists on it, because a long-lived process could step back up.
 * `stepDown`: whoever logs in, everything is done as tieout_app; what commands and the demo do.
 * Throws: Fault naming DATABASE_URL or `tieout migrate`.
 */
export async function openDatabase(
  environment: Environment,
  { as, migrateFirst = false }: { as: 'own' | 'stepDown'; migrateFirst?: boolean },
): Promise<Database> {
  const { databaseUrl } = environment;
  if (databaseUrl === undefined) {
    const embedded = await startEmbeddedApplication(STATE);
    return await guarded(embedded.url, embedded.adminUrl, {
      stepDown: false,
      afterClose: embedded.server.stop,
    });
  }
  if (migrateFirst) await migrate(databaseUrl);
  return await guarded(databaseUrl, databaseUrl, {
    stepDown: as === 'stepDown',
    afterClose: async () => undefined,
  });
}

async function guarded(
  url: string,
  adminUrl: string,
  { stepDown, afterClose }: { stepDown: boolean; afterClose: () => Promise<void> },
): Promise<Database> {
  const pools = new Map<PoolRole, Sql>();
  const pool = (role: PoolRole): Sql => {
    const made = pools.get(role) ?? connect({ url, role, stepDown });
    pools.set(role, made);
    return made;
  };
  const close = async (): Promise<void> => {
    await Promise.all([...pools.values()].map((sql) => sql.end({ timeout: 5 })));
    await afterClose();
  };
  try {
    await assertSafeSession(pool('people'), { steppedDown: stepDown });
    await schemaVersion(pool('people'));
    return { pool, url, adminUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}
