import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { API_SCOPES, type ApiKey, type ApiScope, isApiScope, keyState } from '../../core/api-key.ts';
import { parseDuration } from '../../core/duration.ts';
import { inWorkspace } from '../../db/tx.ts';
import { createApiKey, revokeApiKey } from '../../pipeline/govern/api-keys.ts';
import { listApiKeys } from '../../pipeline/govern/list-api-keys.sql.ts';
import { type Context, withWorkspace } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { type Output, table, toJson } from '../output.ts';

const HELP = `
A key opens the API, or the dashboard at /, for one workspace, for what its scopes say, until it expires. It is shown once; the database keeps its hash.
Scopes: ${API_SCOPES.join(', ')}.

Examples:
  tieout api-key create payments --scope holds:read --expires 90d
  tieout api-key list
  tieout api-key revoke payments

  curl -H "Authorization: Bearer $KEY" "https://tieout.example/api/v1/holds?order=PO-1042"`;

const LONGEST_MS = 366 * 86_400_000;

type Options = { workspace?: string; json?: boolean };
type CreateOptions = Options & { scope?: string[]; expires: string };

/** `tieout api-key`: keys of the API. */
export function addApiKey(program: Command, { output }: Context): void {
  const keys = program
    .command('api-key')
    .description('make, list and revoke keys of the API')
    .addHelpText('after', HELP);
  common(keys.command('create').description('make a key, and show it once'))
    .argument('<name>', 'what it is for, such as payments')
    .option('--scope <scope...>', `what it may do: ${API_SCOPES.join(', ')} (default: ${API_SCOPES[0]})`)
    .option('--expires <duration>', 'how long it opens anything, at most 366d', '90d')
    .action(async (name: string, options: CreateOptions) => create(output, checkedName(name), options));
  common(keys.command('list').description('list the keys, revoked ones too')).action(
    async (options: Options) => {
      const found = await withWorkspace(options, (database, workspaceId) =>
        inWorkspace(database.pool('reports'), workspaceId, (tx) => listApiKeys(tx, workspaceId)),
      );
      if (options.json) output.answer(toJson(found));
      else if (found.length === 0) output.answer('There are no keys.');
      else
        output.answer(
          table(
            HEADER,
            found.map((key) => toCells(key, new Date())),
          ),
        );
    },
  );
  common(keys.command('revoke').description('take a key away at once'))
    .argument('<name>')
    .action(async (name: string, options: Options) => {
      const isDone = await withWorkspace(options, (database, workspaceId) =>
        revokeApiKey(database.pool('people'), {
          workspaceId,
          name,
          now: new Date(),
          by: userInfo().username,
        }),
      );
      if (!isDone)
        throw new Stop(`No unrevoked key is called "${name}": see "tieout api-key list".`, EXIT.usage);
      if (options.json) output.answer(toJson({ revoked: name }));
      else output.answer(`"${name}" opens nothing any more.`);
    });
}

const common = (command: Command): Command =>
  command
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP);

async function create(output: Output, name: string, options: CreateOptions): Promise<void> {
  const scopes = scopesOf(options.scope ?? [API_SCOPES[0]]);
  const now = new Date();
  const expiresAt = new Date(now.getTime() + lifetimeOf(options.expires));
  const made = await withWorkspace(options, (database, workspaceId) =>
    createApiKey(database.pool('people'), {
      workspaceId,
      name,
      scopes,
      now,
      expiresAt,
      by: userInfo().username,
    }),
  );
  if (!made) {
    throw new Stop(
      `A key is called "${name}" already: choose another name, or "tieout api-key revoke ${name}" first.`,
      EXIT.usage,
    );
  }
  if (options.json) {
    output.answer(toJson({ key: made.text, name, scopes: made.key.scopes, expires_at: expiresAt }));
    return;
  }
  output.note(
    `"${name}" may ${made.key.scopes.join(', ')} until ${expiresAt.toISOString()}. It is shown this once:`,
  );
  output.answer(made.text);
}

function checkedName(name: string): string {
  if (/^[a-z][a-z0-9_-]{0,62}$/.test(name)) return name;
  throw new Stop(
    `"${name}" is no name for a key: use lower-case letters, digits, _ or -, beginning with a letter.`,
    EXIT.usage,
  );
}

function scopesOf(given: readonly string[]): ApiScope[] {
  const words = given.flatMap((text) => text.split(','));
  const unknown = words.find((word) => !isApiScope(word));
  if (unknown === undefined) return words.filter(isApiScope);
  throw new Stop(`--scope is "${unknown}"; it must be one of ${API_SCOPES.join(', ')}.`, EXIT.usage);
}

function lifetimeOf(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0 && ms <= LONGEST_MS) return ms;
  throw new Stop(`--expires is "${text}"; it must be a duration like 90d, at most 366d.`, EXIT.usage);
}

const HEADER = ['name', 'state', 'scopes', 'made', 'expires', 'last used'];

const toCells = (key: ApiKey, now: Date): string[] => [
  key.name,
  keyState(key, now),
  key.scopes.join(' '),
  key.createdAt.toISOString().slice(0, 10),
  `${key.expiresAt.toISOString().slice(0, 16)}Z`,
  key.lastUsedAt === undefined ? 'never' : `${key.lastUsedAt.toISOString().slice(0, 16)}Z`,
];
