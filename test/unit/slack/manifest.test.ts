import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { variables } from '../../../src/config/variables.ts';
import { listenForUninstall } from '../../../src/slack/install/listen.ts';
import type { ListenerContext } from '../../../src/slack/listeners/context.ts';
import { registerListeners } from '../../../src/slack/listeners/register.ts';
import { BOT_SCOPES, METHOD_SCOPES, slackManifest } from '../../../src/slack/manifest.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCE = join(PROJECT, 'src/slack');
const SHARED = variables().TIEOUT_SHARED_DATA ?? join(PROJECT, '../shared/data');
const SCHEMA = join(SHARED, 'slack-spec/manifest.schema.1.0.0.json');

const OVER_HTTP = slackManifest({ kind: 'http', url: 'https://tieout.agency.example/anything' });
const OVER_SOCKETS = slackManifest({ kind: 'socket' });

// Slack's schema lies outside the project: TIEOUT_SHARED_DATA names the folder.
describe.skipIf(!existsSync(SCHEMA))("Slack's own schema", () => {
  const schema = existsSync(SCHEMA)
    ? z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA, 'utf8')))
    : z.unknown();

  test.each([
    ['HTTP', OVER_HTTP],
    ['Socket Mode', OVER_SOCKETS],
  ])('takes the manifest for %s', (_, manifest) => {
    expect(schema.safeParse(manifest).error).toBeUndefined();
  });

  test.each([
    ['an unknown setting', { ...OVER_HTTP, settings: { socketMode: true } }],
    ['a name that is too long', { ...OVER_HTTP, display_information: { name: 'x'.repeat(36) } }],
    ['no name', { ...OVER_HTTP, display_information: {} }],
  ])('refuses %s', (_, manifest) => {
    expect(schema.safeParse(manifest).success).toBe(false);
  });
});

const methodsIn = (source: string): string[] =>
  [
    ...source.matchAll(
      /'((?:apps|auth|bots|chat|conversations|files|pins|reactions|team|usergroups|users|views)\.[a-zA-Z.]+)'/g,
    ),
  ].map((match) => match[1] ?? '');

test('every method the product calls is counted in the scopes', () => {
  const files = readdirSync(SOURCE, { encoding: 'utf8', recursive: true }).filter(
    (file) => file.endsWith('.ts') && file !== 'manifest.ts',
  );
  const called = files.flatMap((file) => methodsIn(readFileSync(join(SOURCE, file), 'utf8')));
  expect(called).toContain('chat.postMessage');
  const byAppToken = ['apps.connections.open'];
  expect(Object.keys(METHOD_SCOPES)).toEqual(
    expect.arrayContaining(called.filter((method) => !byAppToken.includes(method))),
  );
});

test('it asks for these scopes and no other', () => {
  expect(OVER_HTTP.oauth_config.scopes.bot).toEqual(BOT_SCOPES);
  expect(BOT_SCOPES).toEqual([
    'app_mentions:read',
    'channels:history',
    'channels:read',
    'chat:write',
    'commands',
    'groups:history',
    'groups:read',
    'im:history',
    'im:write',
    'users:read',
    'users:read.email',
  ]);
});

test('over HTTP everything comes to one address', () => {
  const address = 'https://tieout.agency.example/slack/events';
  expect(OVER_HTTP.settings).toMatchObject({
    event_subscriptions: { request_url: address },
    interactivity: { is_enabled: true, request_url: address },
    socket_mode_enabled: false,
  });
  expect(OVER_HTTP.features.slash_commands).toEqual([
    expect.objectContaining({ command: '/recon', url: address }),
  ]);
});

test('over Socket Mode it names no address', () => {
  expect(OVER_SOCKETS.settings.socket_mode_enabled).toBe(true);
  expect(JSON.stringify(OVER_SOCKETS)).not.toContain('http');
});

/** The events that somebody listens for, by registering all listeners with an app that only takes notes. */
function heard(): string[] {
  const events: string[] = [];
  const note = (method: PropertyKey) => (type: unknown) => {
    if (method === 'event') events.push(String(type));
  };
  const app = new Proxy({}, { get: (_, method) => note(method) }) as App;
  registerListeners(app, {} as ListenerContext);
  listenForUninstall(app, {} as Parameters<typeof listenForUninstall>[1]);
  return events;
}

test('it subscribes to every event the listeners take, and to no other', () => {
  // Deleted messages are heard where an app is sent them; it asks for none, for they come with all the others.
  const subscribed = heard().filter((type) => type !== 'message');
  expect(OVER_SOCKETS.settings.event_subscriptions.bot_events.toSorted()).toEqual(subscribed.toSorted());
});

test('where an address is known, the app can be installed by OAuth from there', () => {
  const redirect = ['https://tieout.agency.example/slack/oauth_redirect'];
  expect(OVER_HTTP.oauth_config).toMatchObject({ redirect_urls: redirect });
  const sockets = slackManifest({ kind: 'socket', url: 'https://tieout.agency.example' });
  expect(sockets.oauth_config).toMatchObject({ redirect_urls: redirect });
  expect(OVER_SOCKETS.oauth_config).not.toHaveProperty('redirect_urls');
});

test('tokens expire only where that was asked for, because Slack never turns it off again', () => {
  expect(OVER_HTTP.settings.token_rotation_enabled).toBe(false);
  const rotating = slackManifest({ kind: 'http', url: 'https://tieout.example' }, { rotateTokens: true });
  expect(rotating.settings.token_rotation_enabled).toBe(true);
});
