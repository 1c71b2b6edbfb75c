import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { CONNECTORS, FEEDS, feedOf, samplePath, workspaceOf } from './setup.ts';

const database = await testDatabase();

describe('a connector', () => {
  it.each(CONNECTORS.map((connector) => [connector.connector, connector] as const))(
    '%s says which variables its feeds need',
    (_name, connector) => {
      const used = [...connector.feeds.values()].flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name),
      );
      const told = [...Object.keys(connector.variables), ...Object.keys(connector.webhook_variables ?? {})];
      expect(new Set(told.filter((name) => name !== 'TIEOUT_ENCRYPTION_KEY'))).toEqual(new Set(used));
      expect(Object.keys(connector.samples)).toEqual([...connector.feeds.keys()]);
    },
  );
});

describe('the sample of', () => {
  it.each(FEEDS)(
    '%s gives what is written of it, and nothing when it comes again',
    async (feed, connector, path) => {
      const { deliver, stop } = await workspaceOf(database, feedOf(path));
      const report = await deliver(samplePath(connector, feed));
      const again = await deliver(samplePath(connector, feed));
      await stop();
      const { rowsRead, rowsNew, rowsUnchanged, rowsQuarantined, rowsSkipped } = report;
      const found = {
        read: rowsRead,
        new: rowsNew,
        unchanged: rowsUnchanged,
        quarantined: rowsQuarantined,
        skipped: rowsSkipped,
      };
      expect(found).toEqual(connector.samples[feed]);
      expect(again.status).toBe('already_delivered');
    },
  );
});
