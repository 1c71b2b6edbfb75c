import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Organisation } from '../../core/organisation.ts';
import { type LocalSlack, startLocalSlack } from '../../local-slack/server.ts';
import { BOT_SCOPES, slackManifest } from '../../slack/manifest.ts';
import { STATE } from '../state.ts';

export type DemoSlack = {
  readonly url: string;
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
};

/** Each workspace is a Slack team of its own, so that several examples fit in one database. */
const teamId = (workspaceId: string): string =>
  `T0${workspaceId.replaceAll('-', '').slice(-10).toUpperCase()}`;
const APP_ID = 'A0TIEOUT';
const BOT_ID = 'U0TIEOUT';
const RECON = {
  command: '/recon',
  description: 'what is open, yours, or about an order; only you see the answer',
  usageHint: 'status | mine | list | show EX-1042 | order REF | who-owns REF | sla | report | rules | help',
};

/** A local Slack with the organisation's people and channels; its messages are kept from one start to the next. */
export async function startDemoSlack(
  organisation: Organisation,
  { workspaceId, port }: { workspaceId: string; port: number },
): Promise<DemoSlack & { readonly slack: LocalSlack }> {
  const botToken = `xoxb-local-${randomBytes(12).toString('hex')}`;
  const signingSecret = randomBytes(16).toString('hex');
  const { features, settings } = slackManifest({ kind: 'socket' });
  const slack = await startLocalSlack({
    port,
    stateFile: join(STATE, 'local-slack', `${workspaceId}.jsonl`),
    seed: {
      team: { id: teamId(workspaceId), name: organisation.name, domain: 'local' },
      users: organisation.people.map((person) => ({
        id: slackId('U', person.key),
        handle: person.key,
        realName: person.name,
        email: person.email,
        tz: organisation.zone,
      })),
      channels: channelsOf(organisation),
    },
    app: {
      requestUrl: '',
      signingSecret,
      botToken,
      appId: APP_ID,
      botUserId: BOT_ID,
      name: 'Tieout',
      scopes: [...BOT_SCOPES],
      commands: [RECON],
      events: [...settings.event_subscriptions.bot_events],
      shortcuts: features.shortcuts.map(({ name, callback_id, type, description }) => ({
        name,
        callbackId: callback_id,
        kind: type,
        description,
      })),
    },
  });
  return { slack, url: slack.url, apiUrl: slack.apiUrl, botToken, signingSecret };
}

function channelsOf({ teams }: Organisation): { id: string; name: string }[] {
  const names = new Set(teams.map((team) => team.channel.replace(/^#/, '')));
  return [...names].map((name) => ({ id: slackId('C', name), name }));
}

const slackId = (kind: 'U' | 'C', key: string): string =>
  `${kind}0${key.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;
