import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startLocalSlack } from './server.ts';
import type { WorkspaceSeed } from './types.ts';

const USAGE =
  'tsx src/local-slack/main.ts --seed FILE.json --request-url URL --signing-secret S --bot-token T' +
  ' [--port N] [--state FILE] [--app-id A] [--bot-user-id U] [--app-name NAME] [--pace POSTS_PER_SECOND] [--app-token T (Socket Mode)]';

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
    'app-token': { type: 'string' },
  },
});

/** The value of an option that has no default, or the end of the program with how to give it. */
function needed(name: 'seed' | 'request-url' | 'signing-secret' | 'bot-token'): string {
  const value = values[name];
  if (value !== undefined) return value;
  console.error(`--${name} is missing. Usage: ${USAGE}`);
  process.exit(2);
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
    ...(values['app-token'] === undefined ? {} : { appToken: values['app-token'] }),
  },
  ...(values.pace === undefined
    ? {}
    : { limits: { postsPerSecondPerChannel: Number(values.pace), postBurst: 10 } }),
});

console.log(JSON.stringify({ url: slack.url, apiUrl: slack.apiUrl }));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void slack.close().then(() => process.exit(0));
  });
}
