import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { variables } from '../../config/variables.ts';
import { signingKeys } from '../../config/webhooks.ts';
import { nearestWord } from '../../core/nearest-word.ts';
import { messageLabel, parseMessageLabel, testBody } from '../../core/webhook-message.ts';
import { newId } from '../../db/new-id.ts';
import { inWorkspace } from '../../db/tx.ts';
import { attempt } from '../../pipeline/webhook/attempt.ts';
import {
  type ListedMessage,
  listMessages,
  MESSAGE_STATES,
  type MessageState,
} from '../../pipeline/webhook/list-messages.sql.ts';
import { replay } from '../../pipeline/webhook/replay.ts';
import { type Context, configNow, environmentNow, withWorkspace } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { inert, type Output, table, toJson } from '../output.ts';
import { limitOf } from './exceptions.ts';

const HELP = `
Whoever tieout.yaml names under webhooks is told of holds as they come and go, signed (docs/webhooks.md). Exit 1 when any
message was given up. A running service sends within a second what "replay" names; the receiver sees the old id again.

Examples:
  tieout webhooks --state dead
  tieout webhooks replay msg_0190a0a000007000800000000000abcd
  tieout webhooks replay --since 2026-11-29T06:00:00Z --endpoint payments --dead
  tieout webhooks send-test payments`;

type ListOptions = {
  state?: string;
  endpoint?: string;
  limit: string;
  workspace?: string;
  json?: boolean;
};
type ReplayOptions = {
  since?: string;
  endpoint?: string;
  dead?: boolean;
  workspace?: string;
  json?: boolean;
};

/** `tieout webhooks`: what others were told, and how that stands. */
export function addWebhooks(program: Command, { output }: Context): void {
  const webhooks = program
    .command('webhooks')
    .description('list what others were told by webhook; send it again; try an endpoint')
    .addHelpText('after', HELP);
  webhooks
    .command('list', { isDefault: true })
    .description('list messages, the newest first')
    .addHelpText('after', HELP)
    .option('--state <state>', MESSAGE_STATES.join(', '))
    .option('--endpoint <key>', 'only those to this endpoint')
    .option('--limit <number>', 'how many at most', '100')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .action((options: ListOptions) => list(output, options));
  webhooks
    .command('replay')
    .description('send again what was sent or given up')
    .addHelpText('after', HELP)
    .argument('[id]', 'one message, as the list names it')
    .option('--since <instant>', 'all messages from this instant on, like 2026-11-29T06:00:00Z')
    .option('--endpoint <key>', 'only those to this endpoint')
    .option('--dead', 'only those that were given up')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .action((id: string | undefined, options: ReplayOptions) => again(output, id, options));
  webhooks
    .command('send-test')
    .description('send one message of the type "test" now, and show the answer')
    .addHelpText('after', HELP)
    .argument('<endpoint>', 'its key under webhooks in tieout.yaml')
    .option('--json', 'answer as JSON')
    .action((endpoint: string, options: { json?: boolean }) => sendTest(output, endpoint, options));
}

async function list(output: Output, options: ListOptions): Promise<void> {
  const { endpoint } = options;
  const state = stateOf(options.state);
  const limit = limitOf(options.limit);
  const messages = await withWorkspace(options, (database, workspaceId) =>
    inWorkspace(database.pool('reports'), workspaceId, (tx) =>
      listMessages(tx, workspaceId, { state, endpoint, limit }),
    ),
  );
  if (options.json) output.answer(toJson(messages.map(toEntry)));
  else if (messages.length === 0) output.answer('No messages.');
  else output.answer(table(HEADER, messages.map(toCells)));
  process.exitCode = messages.some((message) => message.state === 'dead') ? EXIT.failed : EXIT.done;
}

async function again(output: Output, id: string | undefined, options: ReplayOptions): Promise<void> {
  if ((id === undefined) === (options.since === undefined)) {
    throw new Stop('Name one message, or --since an instant, and not both.', EXIT.usage);
  }
  const messageId = id === undefined ? undefined : messageOf(id);
  const since = options.since === undefined ? undefined : instantOf(options.since);
  const replayed = { messageId, since, endpoint: options.endpoint, deadOnly: options.dead === true };
  const count = await withWorkspace(options, (database, workspaceId) =>
    replay(database.pool('people'), { workspaceId, replayed, now: new Date(), by: userInfo().username }),
  );
  if (options.json) output.answer(toJson({ replayed: count }));
  else if (count > 0) output.answer(`Messages that are sent again: ${count}.`);
  else
    output.answer('Nothing to send again: no such message was sent or given up; what waits is sent anyway.');
}

async function sendTest(output: Output, key: string, { json }: { json?: boolean }): Promise<void> {
  const { organisation } = await configNow(environmentNow());
  const endpoints = organisation.webhooks ?? [];
  const endpoint = endpoints.find((one) => one.key === key);
  if (!endpoint) {
    const keys = endpoints.map((one) => one.key);
    const near = nearestWord(key, keys);
    const known = keys.length === 0 ? 'tieout.yaml has no webhooks' : `there are: ${keys.join(', ')}`;
    throw new Stop(`No endpoint "${key}"${near ? `; did you mean "${near}"` : ''}; ${known}.`, EXIT.usage);
  }
  const at = new Date();
  const id = messageLabel(newId());
  const keys = signingKeys(endpoint, variables());
  const made = await attempt({ id, body: testBody(at), at }, { endpoint, keys });
  const tookMs = Date.now() - at.getTime();
  if (json) output.answer(toJson({ id, url: endpoint.url, took_ms: tookMs, ...made }));
  else if (made.problem === undefined)
    output.answer(`${key} took ${id}: answered ${made.status} in ${tookMs} ms.`);
  else output.answer(`${key} did not take ${id}: ${inert(made.problem)}`);
  process.exitCode = made.problem === undefined ? EXIT.done : EXIT.failed;
}

function stateOf(text: string | undefined): MessageState | undefined {
  const state = MESSAGE_STATES.find((one) => one === text);
  if (text === undefined || state !== undefined) return state;
  throw new Stop(`--state is "${text}"; it must be one of ${MESSAGE_STATES.join(', ')}.`, EXIT.usage);
}

function messageOf(text: string): string {
  const messageId = parseMessageLabel(text);
  if (messageId !== undefined) return messageId;
  throw new Stop(`"${text}" is no message: "tieout webhooks" lists them as msg_….`, EXIT.usage);
}

function instantOf(text: string): Date {
  const isInstant = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(
    text,
  );
  const at = new Date(text);
  if (isInstant && !Number.isNaN(at.getTime())) return at;
  throw new Stop(
    `--since is "${text}"; it must be an instant like 2026-11-29T06:00:00Z, or a day (from midnight UTC).`,
    EXIT.usage,
  );
}

const toEntry = ({ messageId, ...message }: ListedMessage) => ({
  id: messageLabel(messageId),
  ...message,
});

const HEADER = ['message', 'event', 'about', 'to', 'state', 'attempts', 'last answer', 'next'];

const toCells = (message: ListedMessage): (string | number)[] => [
  messageLabel(message.messageId),
  message.kind,
  message.about ?? '',
  message.endpoint,
  message.state,
  message.attempts,
  inert(
    message.lastError ?? (message.lastStatus === undefined ? '' : `answered ${message.lastStatus}`),
  ).slice(0, 100),
  nextOf(message),
];

const nextOf = ({ state, isActive, nextAt, sentAt }: ListedMessage): string => {
  if (state === 'sent') return `sent ${sentAt?.toISOString() ?? ''}`;
  if (state === 'dead') return 'given up: tieout webhooks replay';
  return isActive ? nextAt.toISOString() : 'waits: tieout.yaml does not name the endpoint';
};
