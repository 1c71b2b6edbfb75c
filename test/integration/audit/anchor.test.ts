import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { anchor } from '../../../src/pipeline/audit/anchor.ts';
import { anchorPath, readAnchors } from '../../../src/pipeline/audit/anchor-file.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  NOW,
  onlyException,
  order,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

let workspace: SeededWorkspace;
let folder: string;
const anchored = () => anchor(sql, { workspaceId: workspace.workspaceId, folder, now: NOW });
const path = () => anchorPath(folder, workspace.workspaceId);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anchors-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
});

describe('an anchor', () => {
  it('copies the head to a file outside the database, and says so inside', async () => {
    await runLedger(sql, workspace);

    const link = await anchored();

    expect(link.seq).toBe(2n);
    expect(readFileSync(path(), 'utf8')).toBe(
      `{"seq":"2","hash":"${link.hash}","at":"2026-11-22T06:00:00.000Z"}\n`,
    );
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(await anchorsInside()).toEqual([{ seq: 2n, hash: link.hash, place: 'file' }]);
  });

  it('of the same head is written once', async () => {
    await runLedger(sql, workspace);
    await anchored();
    await anchored();

    expect(readAnchors(path())).toHaveLength(1);
  });

  it('of an empty trail is not written', async () => {
    expect(await anchored()).toMatchObject({ seq: 0n });
    expect(readAnchors(path())).toEqual([]);
  });

  it('stays valid while the trail grows', async () => {
    await runLedger(sql, workspace);
    await anchored();
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    await anchored();

    const anchors = readAnchors(path());

    expect(anchors.map(({ seq }) => seq)).toEqual([2n, 3n]);
    expect(await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors })).toMatchObject({
      problems: [],
      anchoredSeq: 3n,
    });
  });
});

describe('a file of anchors', () => {
  it.each([
    ['that is cut off', '{"seq":"3","ha'],
    ['that is not JSON', 'hello'],
    ['whose hash is too short', '{"seq":"3","hash":"abc","at":"x"}'],
    ['whose number is negative', `{"seq":"-3","hash":"${'a'.repeat(64)}","at":"x"}`],
  ])('with a line %s is refused, naming file and line', async (_what, line) => {
    await runLedger(sql, workspace);
    await anchored();
    appendFileSync(path(), `${line}\n`);

    expect(() => readAnchors(path())).toThrow(`${path()}:2: not an anchor`);
    await expect(anchored()).rejects.toThrow(`${path()}:2: not an anchor`);
  });

  it('counts its lines as an editor does, empty ones too', async () => {
    await runLedger(sql, workspace);
    await anchored();
    appendFileSync(path(), '\n\nhello\n');

    expect(() => readAnchors(path())).toThrow(`${path()}:4: not an anchor`);
  });

  it('that does not exist holds none', () => {
    expect(readAnchors(join(folder, 'none.jsonl'))).toEqual([]);
  });
});

const anchorsInside = () =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => [
    ...(await tx`select seq, hash, place from audit_anchor`),
  ]);
