import { describe, expect, it } from 'vitest';
import { complaintsOf } from './canary.ts';

type Row = { readonly law: string; readonly from: string; readonly broken: string; readonly lawful: string };

/** One row per sentence of the import law: what must be caught in a file of that folder, and the twin that must not. */
const LAW: readonly Row[] = [
  { law: 'core imports no other folder', from: 'src/core', broken: '../db/tx.ts', lawful: './money.ts' },
  { law: 'core does no I/O', from: 'src/core', broken: 'node:fs', lawful: 'temporal-polyfill' },
  { law: 'core takes no library but the calendar', from: 'src/core', broken: 'zod', lawful: './result.ts' },
  {
    law: 'core does no I/O, in its folders either',
    from: 'src/core/score',
    broken: '../../db/tx.ts',
    lawful: '../spec.ts',
  },
  {
    law: 'db imports no pipeline',
    from: 'src/db',
    broken: '../pipeline/act/claim.ts',
    lawful: '../core/audit.ts',
  },
  {
    law: 'db imports no pipeline, from its folders either',
    from: 'src/db/outbox',
    broken: '../../pipeline/act/claim.ts',
    lawful: '../../core/card.ts',
  },
  {
    law: 'db imports no slack',
    from: 'src/db/cards',
    broken: '../../slack/views/card.ts',
    lawful: '../tx.ts',
  },
  { law: 'db imports no config', from: 'src/db', broken: '../config/load.ts', lawful: 'postgres' },
  { law: 'config imports no db', from: 'src/config', broken: '../db/client.ts', lawful: '../core/spec.ts' },
  {
    law: 'what brings deliveries to ingest knows no other stage',
    from: 'src/pipeline/pull',
    broken: '../match/match.ts',
    lawful: '../ingest/ingest-file.ts',
  },
  {
    law: 'what tells others knows no other stage',
    from: 'src/pipeline/webhook',
    broken: '../act/claim.ts',
    lawful: '../../net/send.ts',
  },
  { law: 'net knows no tables', from: 'src/net', broken: '../db/tx.ts', lawful: '../core/fault.ts' },
  {
    law: 'observe knows nothing of the product',
    from: 'src/observe',
    broken: '../core/ids.ts',
    lawful: 'pino',
  },
  {
    law: 'a stage does not call another',
    from: 'src/pipeline/match',
    broken: '../validate/validate.ts',
    lawful: '../audit/append.sql.ts',
  },
  {
    law: 'a statement of a stage does not reach into another',
    from: 'src/pipeline/classify',
    broken: '../match/match.ts',
    lawful: '../../db/member-rows.ts',
  },
  {
    law: 'a folder of a stage does not reach into another stage',
    from: 'src/pipeline/ingest/formats',
    broken: '../../match/match.ts',
    lawful: '../problem.ts',
  },
  {
    law: 'the run alone composes the stages',
    from: 'src/pipeline/act',
    broken: '../run/run.ts',
    lawful: '../../core/act.ts',
  },
  {
    law: 'decisions about pairs know no Slack',
    from: 'src/pipeline/pair',
    broken: '../../slack/app.ts',
    lawful: '../apply/apply-exceptions.ts',
  },
  {
    law: 'the run knows no Slack',
    from: 'src/pipeline/run',
    broken: '../../slack/app.ts',
    lawful: '../match/match.ts',
  },
  {
    law: 'what comes before the run knows no configuration files',
    from: 'src/pipeline',
    broken: '../config/load.ts',
    lawful: './run/run.ts',
  },
  {
    law: 'jobs know no local Slack',
    from: 'src/jobs',
    broken: '../local-slack/server.ts',
    lawful: '../db/tx.ts',
  },
  {
    law: 'commands know no driver',
    from: 'src/cli/demo',
    broken: 'postgres',
    lawful: '../../local-slack/server.ts',
  },
  {
    law: 'a stage reads no configuration files',
    from: 'src/pipeline/route',
    broken: '../../config/load.ts',
    lawful: '../../core/route.ts',
  },
  {
    law: 'a stage knows no driver',
    from: 'src/pipeline/apply',
    broken: 'postgres',
    lawful: '../../db/tx.ts',
  },
  {
    law: 'the run knows no driver',
    from: 'src/pipeline/run',
    broken: 'drizzle-orm',
    lawful: '../apply/apply.ts',
  },
  { law: 'slack knows no driver', from: 'src/slack/sender', broken: 'postgres', lawful: '@slack/bolt' },
  { law: 'jobs know no driver', from: 'src/jobs', broken: 'drizzle-orm/postgres-js', lawful: '../db/tx.ts' },
  { law: 'http knows no Slack package', from: 'src/http', broken: '@slack/bolt', lawful: 'hono' },
  { law: 'a stage knows no Slack package', from: 'src/pipeline/act', broken: '@slack/bolt', lawful: 'zod' },
  { law: 'a view is pure', from: 'src/slack/views', broken: '../../db/tx.ts', lawful: '../../core/card.ts' },
  {
    law: 'a view knows no sender',
    from: 'src/slack/views',
    broken: '../sender/sender.ts',
    lawful: './blocks.ts',
  },
  {
    law: 'a view knows no Slack package',
    from: 'src/slack/views',
    broken: '@slack/bolt',
    lawful: './words.ts',
  },
  {
    law: 'slack does not know what starts it',
    from: 'src/slack',
    broken: '../cli/serve.ts',
    lawful: '../pipeline/act/claim.ts',
  },
  {
    law: 'the product does not know the local Slack',
    from: 'src/slack/sender',
    broken: '../../local-slack/server.ts',
    lawful: '../views/card.ts',
  },
  {
    law: 'the local Slack knows nothing of the product',
    from: 'src/local-slack',
    broken: '../core/money.ts',
    lawful: './people.ts',
  },
  {
    law: 'the local Slack knows nothing of the product, from its folders either',
    from: 'src/local-slack/api',
    broken: '../../slack/views/card.ts',
    lawful: '../workspace.ts',
  },
  { law: 'the local Slack takes no library', from: 'src/local-slack', broken: 'hono', lawful: 'node:http' },
  {
    law: 'src knows no test',
    from: 'src/jobs',
    broken: '../../test/support/database.ts',
    lawful: 'node-cron',
  },
  {
    law: 'src knows no example',
    from: 'src/cli',
    broken: '../../examples/support/text.ts',
    lawful: '../main.ts',
  },
];

const importing = (specifier: string): string => `import '${specifier}';\n`;
const brokenPath = (index: number): string => `${LAW[index]?.from}/canary-${index}-broken.ts`;
const lawfulPath = (index: number): string => `${LAW[index]?.from}/canary-${index}-lawful.ts`;

const SINGLES = new Map([
  ['src/core/any.ts', 'export const parse = (text: string): any => JSON.parse(text);\n'],
  ['src/core/barrel.ts', "export { Money } from './money.ts';\n"],
  ['src/core/export-all.ts', "export * from './money.ts';\n"],
  ['src/http/env.ts', 'export const port = process.env.PORT;\n'],
  ['src/http/env-imported.ts', "import { env } from 'node:process';\nexport const port = env.PORT;\n"],
  ['src/config/env.ts', 'export const port = process.env.PORT;\n'],
  ['src/pipeline/match/driver.sql.ts', "import 'postgres';\nimport 'drizzle-orm';\n"],
  ['src/pipeline/match/other-stage.sql.ts', "import '../validate/validate.ts';\n"],
  ['src/slack/views/dynamic.ts', "export const load = () => import('../../db/tx.ts');\n"],
  ['src/slack/views/type-only.ts', "import type { Tx } from '../../db/tx.ts';\nexport type Mine = Tx;\n"],
]);

const complaints = complaintsOf(
  new Map([
    ...LAW.flatMap(({ broken, lawful }, index) => [
      [brokenPath(index), importing(broken)] as const,
      [lawfulPath(index), importing(lawful)] as const,
    ]),
    ...SINGLES,
  ]),
);

describe('the import law', () => {
  it.each(LAW.map((row, index) => ({ ...row, index })))('catches: $law ($from)', ({ index }) => {
    expect(complaints.get(brokenPath(index))).toEqual(['noRestrictedImports']);
  });

  it.each(LAW.map((row, index) => ({ ...row, index })))('lets $from import $lawful', ({ index }) => {
    expect(complaints.get(lawfulPath(index))).toBeUndefined();
  });

  it.each([
    ['a dynamic import', 'src/slack/views/dynamic.ts', 'noRestrictedImports'],
    ['an import of a type', 'src/slack/views/type-only.ts', 'noRestrictedImports'],
    ['another stage from a statement', 'src/pipeline/match/other-stage.sql.ts', 'noRestrictedImports'],
    ['the environment outside config', 'src/http/env.ts', 'noProcessEnv'],
    ['the environment under another name', 'src/http/env-imported.ts', 'noProcessEnv'],
    ['any', 'src/core/any.ts', 'noExplicitAny'],
    ['a barrel file', 'src/core/barrel.ts', 'noBarrelFile'],
    ['a barrel of everything', 'src/core/export-all.ts', 'noReExportAll'],
  ])('catches %s', (_what, path, rule) => {
    expect(complaints.get(path)).toContain(rule);
  });

  it.each([
    ['config read the environment', 'src/config/env.ts'],
    ['a statement import the driver', 'src/pipeline/match/driver.sql.ts'],
  ])('lets %s', (_what, path) => {
    expect(complaints.get(path)).toBeUndefined();
  });
});
