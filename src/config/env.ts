import { ConfigError } from './config-error.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything the process takes from its environment; nobody else reads it. An empty variable counts as not set. */
export type Environment = {
  readonly databaseUrl: string | undefined;
  readonly testDatabaseUrl: string | undefined;
  readonly configFolder: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** 32 bytes each: the first seals, any opens. Undefined when not set. */
  readonly encryptionKeys: readonly [Buffer, ...Buffer[]] | undefined;
  /** The variable as it is, to be kept out of the log. */
  readonly encryptionKey: string | undefined;
  /** Where people and Slack reach the service. */
  readonly publicUrl: string | undefined;
  readonly sharedData: string | undefined;
  readonly slack: {
    readonly botToken: string | undefined;
    readonly signingSecret: string | undefined;
    readonly appToken: string | undefined;
    readonly clientId: string | undefined;
    readonly clientSecret: string | undefined;
    readonly stateSecret: string | undefined;
    readonly apiUrl: string | undefined;
  };
};

type SlackVariables = Environment['slack'];

/** What a process that speaks with Slack must have: requests are signed, or come over Socket Mode. */
export type SlackEnvironment = SlackVariables & { readonly botToken: string };

/** What it must have when the app is installed by OAuth. */
export type OAuthEnvironment = Omit<SlackVariables, 'botToken'> & {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  readonly keys: readonly [Buffer, ...Buffer[]];
  readonly publicUrl: string | undefined;
};

/** By one bot token, or by what was installed. */
export type SlackAccess =
  | { readonly kind: 'token'; readonly slack: SlackEnvironment }
  | { readonly kind: 'oauth'; readonly slack: OAuthEnvironment };

type Variables = Readonly<Record<string, string | undefined>>;
/** In words what is wrong with a value that is set; undefined when nothing is. Never repeats a secret. */
type Check = (value: string) => string | undefined;

const noSpace: Check = (value) =>
  /\s/.test(value) ? 'holds white space or a line end; paste the value alone' : undefined;

const startsWith =
  (prefix: string, where: string): Check =>
  (value) =>
    noSpace(value) ??
    (value.startsWith(prefix) && value.length > prefix.length
      ? undefined
      : `must start with ${prefix}; copy it from ${where}`);

const databaseAddress: Check = (value) => {
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol === 'postgres:' || protocol === 'postgresql:') return undefined;
  return 'is not a database address; write it as postgres://user:password@host:5432/database';
};

const portNumber: Check = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535
    ? undefined
    : `is "${value}"; it must be a whole number from 0 to 65535, such as 3000`;

const logLevel: Check = (value) =>
  LOG_LEVELS.some((level) => level === value)
    ? undefined
    : `is "${value}"; it must be one of ${LOG_LEVELS.join(', ')}`;

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

const apiAddress: Check = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.username || url?.password) return 'must not hold a user or password';
  if (url?.protocol === 'https:') return undefined;
  if (url?.protocol === 'http:' && LOCAL.includes(url.hostname)) return undefined;
  return 'must be an https address; http is accepted to localhost and 127.0.0.1 only, because the token travels with it';
};

/** 32 bytes in hex or base64; undefined for anything else. Buffer.from alone would skip what it does not know. */
function keyOf(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[\w+/-]{43}=?$/.test(text)) return undefined;
  const key = Buffer.from(text, 'base64');
  return key.length === 32 ? key : undefined;
}

const keysOf = (value: string): readonly (Buffer | undefined)[] =>
  value.split(',').map((text) => keyOf(text.trim()));

const encryptionKey: Check = (value) =>
  keysOf(value).every((key) => key !== undefined)
    ? undefined
    : 'must be 32 random bytes in hex or base64, or two such keys as new,old; make one with: openssl rand -hex 32';

const publicAddress: Check = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.username || url?.password) return 'must not hold a user or password';
  if (url?.protocol === 'https:') return undefined;
  if (url?.protocol === 'http:' && LOCAL.includes(url.hostname)) return undefined;
  return 'must be an https address such as https://tieout.agency.example; http is accepted for this machine only';
};

const noAsyncCommit: Check = (value) =>
  /synchronous_commit\s*=\s*(?:off|false|no|0)\b/i.test(value)
    ? 'turns synchronous_commit off, so a crash loses writes that people were told of; remove it'
    : undefined;

const noOpenDebugger: Check = (value) =>
  /--inspect(?:-brk|-wait)?=(?:0\.0\.0\.0|\[?::\]?)(?::|\s|$)/.test(value)
    ? 'opens the debugger to the network; use --inspect without an address, or remove it'
    : undefined;

const CHECKS = {
  DATABASE_URL: databaseAddress,
  TEST_DATABASE_URL: databaseAddress,
  PORT: portNumber,
  LOG_LEVEL: logLevel,
  SLACK_BOT_TOKEN: startsWith('xoxb-', 'your Slack app, "OAuth & Permissions", "Bot User OAuth Token"'),
  SLACK_APP_TOKEN: startsWith('xapp-', 'your Slack app, "Basic Information", "App-Level Tokens"'),
  SLACK_SIGNING_SECRET: noSpace,
  SLACK_CLIENT_ID: noSpace,
  SLACK_CLIENT_SECRET: noSpace,
  SLACK_STATE_SECRET: noSpace,
  SLACK_API_URL: apiAddress,
  TIEOUT_ENCRYPTION_KEY: encryptionKey,
  TIEOUT_PUBLIC_URL: publicAddress,
  PGOPTIONS: noAsyncCommit,
  NODE_OPTIONS: noOpenDebugger,
} as const satisfies Readonly<Record<string, Check>>;

/**
 * The environment, typed and checked.
 *
 * Throws: ConfigError with one line per variable that is malformed; a secret's value is never in it. What a command
 *         needs beyond that it asks for itself (`requireSlack`).
 */
export function readEnvironment(env: Variables): Environment {
  const problems = Object.entries<Check>(CHECKS).flatMap(([name, check]) => {
    const value = env[name];
    const problem = value ? check(value) : undefined;
    return problem === undefined ? [] : [`${name} ${problem}.`];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  const get = (name: string): string | undefined => env[name] || undefined;
  return {
    databaseUrl: get('DATABASE_URL'),
    testDatabaseUrl: get('TEST_DATABASE_URL'),
    configFolder: get('TIEOUT_CONFIG') ?? 'config',
    port: Number(get('PORT') ?? 3000),
    logLevel: LOG_LEVELS.find((level) => level === get('LOG_LEVEL')) ?? 'info',
    encryptionKeys: encryptionKeys(get('TIEOUT_ENCRYPTION_KEY')),
    encryptionKey: get('TIEOUT_ENCRYPTION_KEY'),
    publicUrl: get('TIEOUT_PUBLIC_URL'),
    sharedData: get('TIEOUT_SHARED_DATA'),
    slack: {
      botToken: get('SLACK_BOT_TOKEN'),
      signingSecret: get('SLACK_SIGNING_SECRET'),
      appToken: get('SLACK_APP_TOKEN'),
      clientId: get('SLACK_CLIENT_ID'),
      clientSecret: get('SLACK_CLIENT_SECRET'),
      stateSecret: get('SLACK_STATE_SECRET'),
      apiUrl: get('SLACK_API_URL'),
    },
  };
}

function encryptionKeys(value: string | undefined): Environment['encryptionKeys'] {
  const [first, ...others] = value === undefined ? [] : keysOf(value).filter((key) => key !== undefined);
  return first && [first, ...others];
}

const NO_WAY_IN =
  'SLACK_SIGNING_SECRET is not set; copy it from your Slack app, "Basic Information" (or set SLACK_APP_TOKEN for Socket Mode).';

/**
 * Slack's part of the environment, complete: a bot token, and the signing secret or the app token of Socket Mode.
 *
 * Throws: ConfigError naming each variable that is missing and where to find its value.
 */
export function requireSlack({ slack }: Environment): SlackEnvironment {
  const { botToken, signingSecret, appToken } = slack;
  const problems: string[] = [];
  if (botToken === undefined) {
    problems.push(
      'SLACK_BOT_TOKEN is not set; copy it (xoxb-…) from your Slack app, "OAuth & Permissions" (or set SLACK_CLIENT_ID and the others of OAuth).',
    );
  }
  if (signingSecret === undefined && appToken === undefined) problems.push(NO_WAY_IN);
  if (botToken === undefined || problems.length > 0) throw new ConfigError(problems);
  return { ...slack, botToken };
}

/**
 * How the service gets into Slack: by SLACK_BOT_TOKEN when it is set, by OAuth when any variable of OAuth is.
 *
 * Throws: ConfigError naming each variable that is missing and where to find its value.
 */
export function requireSlackAccess(environment: Environment): SlackAccess {
  const { botToken, clientId, clientSecret, stateSecret } = environment.slack;
  const isOAuth = botToken === undefined && (clientId ?? clientSecret ?? stateSecret) !== undefined;
  return isOAuth
    ? { kind: 'oauth', slack: requireOAuth(environment) }
    : { kind: 'token', slack: requireSlack(environment) };
}

function requireOAuth({ slack, encryptionKeys: keys, publicUrl }: Environment): OAuthEnvironment {
  const { botToken: _, clientId, clientSecret, stateSecret, ...others } = slack;
  const where = 'copy it from your Slack app, "Basic Information"';
  const wanted: readonly [isSet: boolean, problem: string][] = [
    [clientId !== undefined, `SLACK_CLIENT_ID is not set; ${where}.`],
    [clientSecret !== undefined, `SLACK_CLIENT_SECRET is not set; ${where}.`],
    [stateSecret !== undefined, 'SLACK_STATE_SECRET is not set; make one with: openssl rand -hex 32'],
    [
      keys !== undefined,
      'TIEOUT_ENCRYPTION_KEY is not set, and tokens are never kept unsealed; make one with: openssl rand -hex 32',
    ],
    [others.signingSecret !== undefined || others.appToken !== undefined, NO_WAY_IN],
  ];
  const problems = wanted.flatMap(([isSet, problem]) => (isSet ? [] : [problem]));
  if (!clientId || !clientSecret || !stateSecret || !keys || problems.length > 0)
    throw new ConfigError(problems);
  return { ...others, clientId, clientSecret, stateSecret, keys, publicUrl };
}
