import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { type Connector, listConnectors } from '../../config/connectors.ts';
import { variables } from '../../config/variables.ts';
import { suggestionEnd } from '../../core/nearest-word.ts';
import { type Context, environmentNow } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { type Output, table, toJson } from '../output.ts';
import { schemaLine } from '../schema-line.ts';
import { nameFrom, starter } from './starter.ts';

const HELP = `
Writes ready feed files into the folder of your configuration (TIEOUT_CONFIG), and says which variables to set and what to run next.
With --landed the feeds read tables that an ELT tool landed in a PostgreSQL. A file that is there is left as it is; --force replaces it.

Examples:
  tieout connect --list
  tieout connect stripe
  tieout connect stripe stripe_invoices stripe_payments
  tieout connect xero --landed`;

type Options = { list?: boolean; landed?: boolean; force?: boolean; name?: string; json?: boolean };

/** `tieout connect NAME [feeds…]`: ready feed files for a system that many have. */
export function addConnect(program: Command, { output }: Context): void {
  program
    .command('connect')
    .description('write ready feed files for a system such as Stripe, HubSpot or Xero')
    .argument('[name]', 'the connector; --list names them')
    .argument('[feeds...]', 'some of its feeds only')
    .option('--list', 'say which connectors there are')
    .option('--landed', 'read tables that an ELT tool landed, instead of asking the system')
    .option(
      '--name <workspace>',
      'what the workspace is called, where there is no tieout.yaml yet; by its folder when absent',
    )
    .option('--force', 'replace files that are there')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, feeds: readonly string[], options: Options) => {
      const connectors = listConnectors();
      if (options.list || name === undefined) {
        if (options.list) printList(output, connectors, options);
        else
          throw new Stop(
            `Say which system: ${connectors.map(({ connector }) => connector).join(', ')}.`,
            EXIT.usage,
          );
        return;
      }
      const connector = connectorOf(connectors, name);
      const chosen = feedsOf(connector, { feeds, isLanded: options.landed ?? false });
      const folder = environmentNow().configFolder;
      const written = await write(folder, chosen, options);
      const missing = missingVariables(written.all, connector);
      if (options.json) {
        output.answer(toJson({ connector: connector.connector, ...written, variables: missing }));
        return;
      }
      print(output, { connector, written, missing, folder });
    });
}

function printList(output: Output, connectors: readonly Connector[], { json }: Options): void {
  const rows = connectors.map(({ connector, title, about, feeds, landed }) => ({
    connector,
    title,
    about,
    feeds: [...feeds.keys()],
    landed: [...landed.keys()],
  }));
  if (json) output.answer(toJson(rows));
  else
    output.answer(
      table(
        ['connector', 'system', 'brings'],
        rows.map((row) => [row.connector, row.title, row.about]),
      ),
    );
}

function connectorOf(connectors: readonly Connector[], name: string): Connector {
  const found = connectors.find(({ connector, title }) =>
    [connector, title.toLowerCase()].includes(name.toLowerCase()),
  );
  if (found) return found;
  const names = connectors.map(({ connector }) => connector);
  throw new Stop(
    `No connector "${name}"${suggestionEnd(name, names)} "tieout connect --list" says what each brings.`,
    EXIT.usage,
  );
}

type Chosen = readonly { readonly feed: string; readonly path: string }[];

function feedsOf(
  connector: Connector,
  { feeds, isLanded }: { feeds: readonly string[]; isLanded: boolean },
): Chosen {
  const known = isLanded ? connector.landed : connector.feeds;
  if (known.size === 0)
    throw new Stop(`${connector.title} has no feeds for landed tables; leave --landed out.`, EXIT.usage);
  const names = feeds.length === 0 ? [...known.keys()] : feeds;
  return names.map((feed) => {
    const path = known.get(feed);
    if (path !== undefined) return { feed, path };
    throw new Stop(
      `${connector.title} has no feed "${feed}"${suggestionEnd(feed, [...known.keys()])}`,
      EXIT.usage,
    );
  });
}

type Written = {
  /** Files that were made or replaced. */
  readonly files: readonly string[];
  readonly kept: readonly string[];
  /** Texts of all chosen files, written or kept. */
  readonly all: readonly string[];
  readonly hasStarter: boolean;
};

async function write(folder: string, chosen: Chosen, { force, name }: Options): Promise<Written> {
  await mkdir(join(folder, 'feeds'), { recursive: true });
  const main = join(folder, 'tieout.yaml');
  const hasStarter = !existsSync(main);
  if (hasStarter) await writeFile(main, schemaLine(main, 'tieout') + starter(name ?? nameFrom(folder)));
  const files: string[] = [];
  const kept: string[] = [];
  const all: string[] = [];
  for (const { path } of chosen) {
    const target = join(folder, 'feeds', basename(path));
    const isKept = existsSync(target) && !force;
    const text = await readFile(isKept ? target : path, 'utf8');
    if (!isKept) await writeFile(target, schemaLine(target, 'feed') + text);
    (isKept ? kept : files).push(target);
    all.push(text);
  }
  return { files, kept, all, hasStarter };
}

type Variable = { readonly name: string; readonly where: string; readonly isSet: boolean };

/** What the files name, and what QuickBooks and the like need besides, in the order the connector tells them. */
function missingVariables(texts: readonly string[], connector: Connector): readonly Variable[] {
  const used = new Set(
    texts.flatMap((text) => [...text.matchAll(/\$\{([A-Z_][A-Z0-9_]*)\}/g)].map(([, name]) => name)),
  );
  if (texts.some((text) => text.includes('rotates: true'))) used.add('TIEOUT_ENCRYPTION_KEY');
  const told = {
    WAREHOUSE_URL:
      'the address of the database with the landed tables, as postgres://reader:…@host/warehouse',
    ...connector.variables,
    ...connector.webhook_variables,
  };
  return Object.entries(told)
    .filter(([name]) => used.has(name))
    .map(([name, where]) => ({ name, where, isSet: Boolean(variables()[name]) }));
}

type Printed = {
  readonly connector: Connector;
  readonly written: Written;
  readonly missing: readonly Variable[];
  readonly folder: string;
};

function print(output: Output, { connector, written, missing, folder }: Printed): void {
  if (written.hasStarter)
    output.answer(
      `made   ${join(folder, 'tieout.yaml')}: a workspace to begin with; put your people and teams there`,
    );
  for (const file of written.files) output.answer(`wrote  ${file}`);
  for (const file of written.kept) output.answer(`kept   ${file}: it was there (--force replaces it)`);
  output.answer('\nSet in the environment:');
  for (const { name, where, isSet } of missing)
    output.answer(`  ${name}${isSet ? ' (is set)' : ''}\n      ${where}`);
  output.answer(`\nWhat ${connector.title} changes afterwards:`);
  for (const text of connector.restates) output.answer(`  - ${text}`);
  const [first = ''] = [...written.files, ...written.kept];
  const pushed = written.all.flatMap((text) =>
    /^webhook:/m.test(text) ? (/^feed: (\S+)/m.exec(text)?.[1] ?? []) : [],
  );
  const steps: [command: string, words: string][] = [
    [`tieout ingest ${basename(first, '.yaml')}`, 'asks for what there is, and says what became of it'],
    ['tieout quarantine', 'rows that could not be read, and why'],
    ...(pushed.length > 0
      ? [
          ['tieout serve', `also takes what is pushed to /webhooks/${pushed.join(', /webhooks/')}`] as [
            string,
            string,
          ],
        ]
      : []),
  ];
  const width = Math.max(...steps.map(([command]) => command.length));
  output.answer('\nThen:');
  for (const [command, words] of steps) output.answer(`  ${command.padEnd(width)}   ${words}`);
  output.answer('\nA reconciliation names the feed as one of its sides: see docs/connectors.md.');
}
