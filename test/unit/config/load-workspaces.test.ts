import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadWorkspaces } from '../../../src/config/load-workspaces.ts';

const FIXTURE = fileURLToPath(new URL('./fixture', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-workspaces-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const namesOf = async (where: string) =>
  (await loadWorkspaces(where, {})).map(({ organisation }) => organisation.name);

/** A copy of the fixture as workspace `name`, of this Slack team. */
function workspace(name: string, slackTeam: string | undefined): void {
  const to = join(folder, 'workspaces', name);
  mkdirSync(to, { recursive: true });
  cpSync(FIXTURE, to, { recursive: true });
  const file = join(to, 'tieout.yaml');
  const team = slackTeam === undefined ? '' : `, slack_team: ${slackTeam}`;
  const text = readFileSync(file, 'utf8').replace(
    /^workspace: .*$/m,
    `workspace: { name: ${name}, zone: UTC${team} }`,
  );
  writeFileSync(file, text);
}

it('is the one workspace of a folder with a tieout.yaml', async () => {
  expect(await namesOf(FIXTURE)).toHaveLength(1);
});

it('is each folder of workspaces/, in order', async () => {
  workspace('south', 'T0SOUTH');
  workspace('north', 'T0NORTH');
  expect(await namesOf(folder)).toEqual(['north', 'south']);
});

it('refuses one without its Slack team, with the line to add', async () => {
  workspace('north', 'T0NORTH');
  workspace('south', undefined);
  await expect(namesOf(folder)).rejects.toThrow(
    /south\/tieout\.yaml: workspace\.slack_team is missing.*slack_team: T0123ABCD/,
  );
});

it('refuses two of one Slack team', async () => {
  workspace('north', 'T0SAME');
  workspace('south', 'T0SAME');
  await expect(namesOf(folder)).rejects.toThrow(
    /workspace\.slack_team "T0SAME" is that of .*north\/tieout\.yaml/,
  );
});

it('tells the problems of every workspace at once', async () => {
  workspace('north', 'T0NORTH');
  workspace('south', 'T0SOUTH');
  for (const name of ['north', 'south'])
    writeFileSync(join(folder, 'workspaces', name, 'tieout.yaml'), 'x: 1');
  await expect(namesOf(folder)).rejects.toThrow(/north\/tieout\.yaml[\s\S]*south\/tieout\.yaml/);
});

it('refuses a tieout.yaml beside workspaces/', async () => {
  workspace('north', 'T0NORTH');
  writeFileSync(join(folder, 'tieout.yaml'), '');
  await expect(namesOf(folder)).rejects.toThrow(/move it to workspaces\/<name>\/tieout\.yaml/);
});

it('refuses a workspaces/ with nothing in it', async () => {
  mkdirSync(join(folder, 'workspaces'));
  await expect(namesOf(folder)).rejects.toThrow(/make workspaces\/<name>\/tieout\.yaml/);
});
