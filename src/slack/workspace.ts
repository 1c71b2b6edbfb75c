import { App, type Receiver } from '@slack/bolt';
import { configured, configuredGroup } from '../core/configured.ts';
import type { Organisation } from '../core/organisation.ts';
import { readCardFacts } from '../db/cards/card-facts.sql.ts';
import type { Sql } from '../db/client.ts';
import { readGroupFacts } from '../db/flood/group-facts.sql.ts';
import { countMessages } from '../db/outbox/count-messages.sql.ts';
import { inWorkspace } from '../db/tx.ts';
import type { Logger } from '../observe/logger.ts';
import { verifyAudit } from '../pipeline/audit/verify.ts';
import { boltLogger } from './bolt-logger.ts';
import type { Allowed } from './guard/allow-list.ts';
import { denialNoter, type NoteDenied } from './guard/note-denied.ts';
import { INTERACTIVE_MS, responseOriginsFor } from './limits.ts';
import type { ConfiguredReconciliation, ListenerContext } from './listeners/context.ts';
import { registerListeners } from './listeners/register.ts';
import { readersOf } from './sender/readers.ts';
import { type Sender, startSender } from './sender/sender.ts';
import { shownAgenda } from './sender/shown-agenda.ts';
import { type CurrentToken, clientOptions, webApiCaller } from './sender/web-api.ts';

export type WorkspaceOptions = {
  readonly organisation: Organisation;
  /** The rules as runs use them at this moment; none unless given. */
  readonly rules?: RulesNow;
  /** For presses: short statements, so that nobody waits behind a run. */
  readonly sql: Sql;
  readonly workspaceId: string;
  /** Another Web API root than Slack's, ending in a slash. */
  readonly apiUrl: string | undefined;
  /** Asked at every call, so that a token that was exchanged is used at once. */
  readonly token: CurrentToken;
  readonly logger: Logger;
  /** Walks over the whole audit trail; without anchors outside the database unless given. */
  readonly prove?: ListenerContext['prove'] | undefined;
  /** What listens besides the product's own listeners. */
  readonly alsoListen?: (app: App, context: ListenerContext) => void;
};

/** What changes while the service runs: approved rules, and with them who owns what they raise. */
export type RulesNow = {
  readonly now: () => {
    readonly organisation: Organisation;
    readonly reconciliations: readonly ConfiguredReconciliation[];
  };
  /** Reads them again soon. */
  readonly changed: () => void;
};

/** Who the app is in a Slack team. */
export type BotIdentity = Allowed & { readonly botUserId: string; readonly botId: string };

/** One tenant's Slack side. It may be in service or parked; parked, its messages wait. */
export type SlackWorkspace = {
  readonly workspaceId: string;
  /** Whom it answers; undefined while it is parked. */
  readonly allowed: () => Allowed | undefined;
  readonly processEvent: App['processEvent'];
  readonly noteDenied: NoteDenied;
  /** Works while parked too: then nothing is sent. */
  readonly sender: Sender;
  /** Starts answering and sending as this bot; when it does already, only the identity changes. */
  readonly goLive: (identity: BotIdentity) => Promise<void>;
  /** Stops answering and sending, when it did. */
  readonly park: () => Promise<void>;
};

type Live = { readonly identity: BotIdentity; readonly sender: Sender; readonly app: App };

/** One workspace's Slack side, parked until told who its bot is. */
export function slackWorkspace(options: WorkspaceOptions): SlackWorkspace {
  const { sql, workspaceId } = options;
  const noteDenied = denialNoter(options);
  let live: Live | undefined;
  // Made once: its listeners live as long as the process does, and calls go by the token of the moment.
  let made: MadeApp | undefined;
  let turn: Promise<void> = Promise.resolve();

  /** Going live and parking happen one after the other. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const goLive = async (identity: BotIdentity): Promise<void> => {
    if (live && isSameBot(live.identity, identity)) {
      live = { ...live, identity };
      return;
    }
    await park();
    made ??= makeApp({ ...options, noteDenied }, identity, () => live?.identity);
    live = { identity, app: made.app, sender: await startSender(senderContext(options, identity)) };
  };
  const park = async (): Promise<void> => {
    const parked = live;
    live = undefined;
    await parked?.sender.stop();
    await made?.stop();
  };
  const counts = () => inWorkspace(sql, workspaceId, (tx) => countMessages(tx, workspaceId));
  return {
    workspaceId,
    allowed: () => live?.identity,
    noteDenied,
    processEvent: async (event) => live?.app.processEvent(event),
    sender: {
      wake: () => live?.sender.wake(),
      counts,
      drainUntilIdle: async (limit) => (live ? await live.sender.drainUntilIdle(limit) : await counts()),
      isShutOut: () => live?.sender.isShutOut() ?? false,
      stop: () => inTurn(park),
    },
    goLive: (identity) => inTurn(() => goLive(identity)),
    park: () => inTurn(park),
  };
}

const isSameBot = (a: BotIdentity, b: BotIdentity): boolean =>
  a.teamId === b.teamId && a.botUserId === b.botUserId && a.botId === b.botId;

function senderContext(
  options: WorkspaceOptions,
  { botUserId }: BotIdentity,
): Parameters<typeof startSender>[0] {
  const { organisation, sql, workspaceId, apiUrl, token, logger } = options;
  const { delivery } = organisation;
  return {
    sql,
    workspaceId,
    call: webApiCaller({ token, apiUrl, timeoutMs: delivery.timeoutMs }),
    reader: readersOf(organisation, { sql, workspaceId }),
    readFacts: async (id) => {
      const [facts] = await inWorkspace(sql, workspaceId, (tx) => readCardFacts(tx, workspaceId, [id]));
      return facts && configured(facts, organisation);
    },
    readGroup: async (id) => {
      const facts = await inWorkspace(sql, workspaceId, (tx) => readGroupFacts(tx, workspaceId, id), {
        snapshot: true,
      });
      return facts && configuredGroup(facts, organisation);
    },
    readAgenda: (page) => shownAgenda(sql, { workspaceId, organisation, ...page }),
    botUserId,
    timing: delivery,
    logger,
  };
}

/** Requests and envelopes are handed to Bolt one by one, behind our guard. */
const NO_RECEIVER: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};

/** Bolt with the product's listeners; `stop` ends what those keep going by themselves. */
type MadeApp = { readonly app: App; readonly stop: () => Promise<void> };

function makeApp(
  options: WorkspaceOptions & { readonly noteDenied: NoteDenied },
  { teamId }: BotIdentity,
  identityNow: () => BotIdentity | undefined,
): MadeApp {
  const { organisation, rules, sql, workspaceId, apiUrl, token, logger } = options;
  const app = new App({
    receiver: NO_RECEIVER,
    convoStore: false,
    // Known already; asking Slack again for every press would cost the person's three seconds.
    authorize: async () => authorization(identityNow(), token()),
    clientOptions: clientOptions({ apiUrl, timeoutMs: INTERACTIVE_MS }),
    logger: boltLogger(logger),
  });
  app.error(async (error) => {
    throw error;
  });
  const context: ListenerContext = {
    sql,
    workspaceId,
    teamId,
    get organisation() {
      return rules?.now().organisation ?? organisation;
    },
    get reconciliations() {
      return rules?.now().reconciliations ?? [];
    },
    rulesChanged: () => rules?.changed(),
    call: webApiCaller({ token, apiUrl, timeoutMs: INTERACTIVE_MS }),
    responseOrigins: responseOriginsFor(apiUrl),
    prove: options.prove ?? (() => verifyAudit(sql, { workspaceId, anchors: [] })),
    noteDenied: options.noteDenied,
    logger,
  };
  const { stop } = registerListeners(app, context);
  options.alsoListen?.(app, context);
  return { app, stop };
}

const authorization = (identity: BotIdentity | undefined, botToken: string | undefined) => ({
  ...(botToken === undefined ? {} : { botToken }),
  ...(identity && { botUserId: identity.botUserId, botId: identity.botId, teamId: identity.teamId }),
});
