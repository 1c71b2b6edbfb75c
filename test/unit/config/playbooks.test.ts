import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { LOCALES } from '../../../src/core/locale.ts';
import type { Playbook } from '../../../src/core/playbook.ts';
import { TYPE_WORDS } from '../../../src/core/words.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playbooks-'));
});
afterAll(() => rm(folder, { recursive: true }));

const MAIN = `workspace: { name: Agency, zone: UTC }
people: { ana: { name: Ana, email: ana@agency.example, roles: [] } }
teams: { media_ops: { name: Media Ops, channel: "#media-ops", members: [ana] } }
ownership: [{ default: true, team: media_ops, sla: 1d }]
`;

async function load(playbooks: string) {
  await writeFile(join(folder, 'tieout.yaml'), `${MAIN}${playbooks}\n`);
  return await loadConfig(folder, {});
}

async function problems(playbooks: string): Promise<readonly string[]> {
  const error = await load(playbooks).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('the configuration was accepted');
  return error.problems.map((line) => line.replaceAll(`${folder}/`, ''));
}

const textsOf = (playbook: Playbook | undefined) => (playbook?.kind === 'text' ? playbook.texts : {});
/** What gives a text its shape: headings, points and steps, without their words. */
const shapeOf = (markdown: string): string[] =>
  markdown.split('\n').map((line) => /^(?:#+|-|\d+\.)/.exec(line)?.[0] ?? (line === '' ? '' : 'words'));

describe('the playbooks that are shipped', () => {
  it.each(Object.keys(TYPE_WORDS))('have one for %s in every language, alike in shape', async (type) => {
    const { organisation } = await load('');
    const texts = textsOf(organisation.playbooks[type]);
    expect(Object.keys(texts).sort()).toEqual([...LOCALES].sort());
    for (const locale of LOCALES) expect(shapeOf(texts[locale] ?? '')).toEqual(shapeOf(texts.en ?? ''));
  });

  it('have none for a type that is not built in', async () => {
    const { organisation } = await load('');
    expect(Object.keys(organisation.playbooks).sort()).toEqual(Object.keys(TYPE_WORDS).sort());
  });
});

describe('the playbooks of a configuration', () => {
  it('replace what is shipped: by a page, by a file, by a file per language', async () => {
    await writeFile(join(folder, 'own.md'), '# Ours\n');
    await writeFile(join(folder, 'unser.md'), '# Unseres\n');
    const { organisation } = await load(`playbooks:
  missing_invoice: https://wiki.example/missing
  amount_differs: own.md
  duplicate: { en: own.md, de: unser.md }`);
    expect(organisation.playbooks).toMatchObject({
      missing_invoice: { kind: 'page', address: 'https://wiki.example/missing' },
      amount_differs: { kind: 'text', texts: { en: '# Ours\n' } },
      duplicate: { kind: 'text', texts: { en: '# Ours\n', de: '# Unseres\n' } },
    });
    expect(textsOf(organisation.playbooks.amount_differs)).not.toHaveProperty('de');
  });

  it.each([
    ['a file that is not there', 'playbooks: { duplicate: gone.md }', 'there is no file gone.md'],
    ['an empty file', 'playbooks: { duplicate: empty.md }', 'empty.md is empty'],
    ['bytes that are no text', 'playbooks: { duplicate: { en: bytes.md } }', 'bytes.md is not UTF-8'],
    ['more than anybody reads', 'playbooks: { duplicate: long.md }', 'long.md has 20001 characters'],
    ['a file of another kind', 'playbooks: { duplicate: own.pdf }', 'must be a web address like https://…'],
    [
      'a language that nobody speaks here',
      'playbooks: { duplicate: { it: own.md } }',
      'is not a known key; known: en, de, fr, es',
    ],
  ])('are refused with file and line: %s', async (_, playbooks, said) => {
    await writeFile(join(folder, 'empty.md'), ' \n');
    await writeFile(join(folder, 'bytes.md'), Buffer.from([0xff, 0xfe, 0x41]));
    await writeFile(join(folder, 'long.md'), 'x'.repeat(20_001));
    expect(await problems(playbooks)).toEqual([
      expect.stringMatching(/^tieout\.yaml:5:\d+ playbooks\.duplicate/),
    ]);
    expect((await problems(playbooks))[0]).toContain(said);
  });
});
