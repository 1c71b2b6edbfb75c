import { join } from 'node:path';
import { createDatabaseIfMissing, provisionAppLogin } from '../databases.ts';
import { migrate } from '../migrate.ts';
import { secretIn } from './cluster.ts';
import { type Embedded, startEmbedded } from './server.ts';

/** An embedded server with the application's database in it, migrated. */
export type EmbeddedApplication = {
  /** As tieout_app: what the application uses. */
  readonly url: string;
  /** As superuser, to the same database: for migrations. */
  readonly adminUrl: string;
  readonly server: Embedded;
};

/** What `DATABASE_URL` would name, when it is absent: a server under `<stateFolder>/postgres` with the database `tieout`. */
export async function startEmbeddedApplication(stateFolder: string): Promise<EmbeddedApplication> {
  const server = await startEmbedded({ dataDir: join(stateFolder, 'postgres') });
  try {
    const adminUrl = await createDatabaseIfMissing(server.url, 'tieout');
    await migrate(adminUrl);
    const url = await provisionAppLogin(server.url, {
      database: 'tieout',
      password: secretIn(join(stateFolder, 'postgres.app-password')),
    });
    return { url, adminUrl, server };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
