import type { WebhookEndpoint } from '../core/webhook-endpoint.ts';
import { ConfigError } from './config-error.ts';
import type { WebhooksFile } from './schema-webhooks.ts';
import type { YamlSource } from './yaml.ts';

const TIMEOUT_MS = 15_000;
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;

export const toEndpoints = (file: WebhooksFile | undefined): readonly WebhookEndpoint[] =>
  Object.entries(file ?? {}).map(([key, { url, events, secret, networks, timeout }]) => ({
    key,
    url,
    kinds: [...new Set(events)].sort(),
    secrets: [secret].flat(),
    networks: networks ?? [],
    timeoutMs: timeout ?? TIMEOUT_MS,
  }));

/** Notes on `source` addresses that nobody could be told at, as far as their text shows. */
export function checkEndpoints(file: WebhooksFile | undefined, source: YamlSource): void {
  for (const [key, { url, networks }] of Object.entries(file ?? {})) {
    const { protocol, username, password, hash } = new URL(url);
    const problem = (text: string): void => source.problem(['webhooks', key, 'url'], text);
    if (username !== '' || password !== '')
      problem('holds a user or password; who sends is proven by the signature');
    if (hash !== '') problem('ends in a #fragment, which is never sent; leave it out');
    if (protocol === 'http:' && networks === undefined)
      problem('is not https, so anybody on the way reads along; http is spoken to named networks only');
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What an endpoint's messages are signed with, in the order of its secrets.
 *
 * Throws: ConfigError with one line per variable that is not set or holds no secret; never with its value.
 */
export function signingKeys(endpoint: WebhookEndpoint, env: Variables): readonly Buffer[] {
  const read = endpoint.secrets.map((name) => ({ name, key: keyOf(valueIn(env, name)) }));
  const problems = read.flatMap(({ name, key }) => (typeof key === 'string' ? [`${name} ${key}`] : []));
  if (problems.length > 0) {
    throw new ConfigError(
      problems.map((text) => `${text}; the webhook "${endpoint.key}" is signed with it. ${MAKE_ONE}`),
    );
  }
  return read.flatMap(({ key }) => (typeof key === 'string' ? [] : [key]));
}

/** Throws: ConfigError with one line per variable that an endpoint needs and that is not set or holds no secret. */
export function assertSigningKeys(endpoints: readonly WebhookEndpoint[], env: Variables): void {
  const problems = endpoints.flatMap((endpoint) => {
    try {
      signingKeys(endpoint, env);
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
  });
  if (problems.length > 0) throw new ConfigError(problems);
}

/** The secrets as they are, for the log to leave out. */
export const webhookSecretValues = (endpoints: readonly WebhookEndpoint[], env: Variables): string[] =>
  endpoints.flatMap(({ secrets }) => secrets.flatMap((name) => valueIn(env, name) || []));

const MAKE_ONE = 'Make one with: echo "whsec_$(openssl rand -base64 32)"';

/** The bytes of `whsec_…`, or what is wrong. Buffer.from alone would skip what it does not know. */
function keyOf(value: string): Buffer | string {
  if (value === '') return 'is not set';
  const text = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value)?.[1];
  if (text === undefined) return 'is not a secret of Standard Webhooks: whsec_ and base64';
  const key = Buffer.from(text, 'base64');
  if (key.length >= FEWEST_BYTES && key.length <= MOST_BYTES) return key;
  return `holds ${key.length} bytes; a secret has ${FEWEST_BYTES} to ${MOST_BYTES}`;
}

const valueIn = (env: Variables, name: string): string => (Object.hasOwn(env, name) ? (env[name] ?? '') : '');
