import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { OAuthApp } from './oauth.ts';
import { startLocalSlack } from './server.ts';
import type { WorkspaceSeed } from './types.ts';

const USAGE =
  'tsx src/local-slack/main.ts --seed FILE.json --request-url URL --signing-secret S --bot-token T' +
  ' [--port N] [--state FILE] [--app-id A] [--bot-user-id U] [--app-name NAME] [--pace POSTS_PER_SECOND]' +
  ' [--tier-scale N (1: as many calls a minute as Slack)] [--scopes S,S] [--events E,E] [--app-token T (Socket Mode)]' +
  ' [--client-id I --client-secret S --redirect-url URL [--token-seconds N] (installed by OAuth; the bot token is not used)]';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    state: { type: 'string' },
    seed: { type: 'string' },
    'request-url': { type: 'string' },
    'signing-secret': { type: 'string' },
    'bot-token': { type: 'string' },
    'app-id': { type: 'string', default: 'A0LOCAL' },
    'bot-user-id': { type: 'string', default: 'U0APP' },
    'app-name': { type: 'string', default: 'App' },
    pace: { type: 'string' },
    scopes: { type: 'string' },
    'tier-scale': { type: 'string' },
    events: { type: 'string' },
    'app-token': { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    'redirect-url': { type: 'string', multiple: true },
    'token-seconds': { type: 'string' },
  },
});

/** The value of an option that has no default, or the end of the program with how to give it. */
function needed(name: 'seed' | 'request-url' | 'signing-secret' | 'bot-token'): string {
  const value = values[name];
  if (value !== undefined) return value;
  console.error(`--${name} is missing. Usage: ${USAGE}`);
  process.exit(2);
}

/** The OAuth part of the app's settings; nothing without a client id. */
function oauth(): { oauth?: OAuthApp } {
  const clientId = values['client-id'];
  if (clientId === undefined) return {};
  const seconds = values['token-seconds'];
  return {
    oauth: {
      clientId,
      clientSecret: values['client-secret'] ?? '',
      redirectUrls: values['redirect-url'] ?? [],
      ...(seconds === undefined ? {} : { tokenSeconds: Number(seconds) }),
    },
  };
}

const slack = await startLocalSlack({
  port: Number(values.port),
  ...(values.state === undefined ? {} : { stateFile: values.state }),
  seed: JSON.parse(readFileSync(needed('seed'), 'utf8')) as WorkspaceSeed,
  app: {
    requestUrl: needed('request-url'),
    signingSecret: needed('signing-secret'),
    botToken: needed('bot-token'),
    appId: values['app-id'],
    botUserId: values['bot-user-id'],
    name: values['app-name'],
    ...(values.scopes === undefined ? {} : { scopes: values.scopes.split(',') }),
    ...(values.events === undefined ? {} : { events: values.events.split(',') }),
    ...(values['app-token'] === undefined ? {} : { appToken: values['app-token'] }),
    ...oauth(),
  },
  limits: {
    ...(values.pace === undefined ? {} : { postsPerSecondPerChannel: Number(values.pace), postBurst: 10 }),
    ...(values['tier-scale'] === undefined ? {} : { tierScale: Number(values['tier-scale']) }),
  },
});

console.log(JSON.stringify({ url: slack.url, apiUrl: slack.apiUrl }));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void slack.close().then(() => process.exit(0));
  });
}
