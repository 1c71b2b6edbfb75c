import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Config, loadConfig } from '../../src/config/load.ts';
import type { Sql } from '../../src/db/client.ts';
import { applyConfig } from '../../src/pipeline/govern/apply-config.ts';
import { type ReconcileReport, reconcile } from '../../src/pipeline/reconcile.ts';

const TIEOUT_YAML = `
workspace: { name: Test agency, zone: UTC }
people: { ana: { name: Ana, email: ana@agency.example, roles: [ops_lead] } }
teams: { ops: { name: Ops, channel: "#ops", members: [ana], lead: ana }, finance: { name: Finance, channel: "#finance", members: [ana], lead: ana } }
ownership: [{ default: true, team: ops, sla: 1d }]
`;

export type PlacedConfig = {
  readonly config: Config;
  readonly workspaceId: string;
  /** Writes a file of the folder anew, or another one. */
  readonly write: (path: string, text: string) => void;
  /** Takes in what the files hold and runs the only reconciliation. */
  readonly night: (asOf: string) => Promise<ReconcileReport>;
  readonly remove: () => void;
};

/** A configuration folder of these files, its data beside it, applied as a start of the service does. */
export async function placeConfig(sql: Sql, files: Readonly<Record<string, string>>): Promise<PlacedConfig> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-config-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('tieout.yaml', TIEOUT_YAML);
  for (const [path, text] of Object.entries(files)) write(path, text);
  const loaded = await loadConfig(folder, {});
  const config = { ...loaded, organisation: { ...loaded.organisation, name: folder } };
  const { workspaceId } = await applyConfig(sql, config, { now: new Date('2026-11-01T00:00:00Z') });
  const [spec] = config.reconciliations.values();
  if (!spec) throw new Error('the folder has no reconciliation');
  return {
    config,
    workspaceId,
    write,
    night: (asOf) =>
      reconcile(sql, {
        workspaceId,
        spec,
        feeds: config.feeds,
        organisation: config.organisation,
        mode: 'active',
        cutoffAt: new Date(asOf),
        now: new Date(asOf),
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
