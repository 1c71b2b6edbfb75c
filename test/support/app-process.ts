import { Hono } from 'hono';
import type { Organisation } from '../../src/core/organisation.ts';
import { connect } from '../../src/db/client.ts';
import { startHttp } from '../../src/http/server.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { startSlack } from '../../src/slack/app.ts';
import { BOT_TOKEN, SIGNING_SECRET, STORY_ORGANISATION } from './slack-story.ts';

/** The product's Slack side as a process of its own, for app-child.ts. Prints its port once it serves. */
const [databaseUrl = '', workspaceId = '', apiUrl = '', delivery = ''] = process.argv.slice(2);
const sql = connect({ url: databaseUrl, role: 'people' });
const app = await startSlack({
  settings: { botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, apiUrl },
  organisation: { ...STORY_ORGANISATION, delivery: JSON.parse(delivery) as Organisation['delivery'] },
  sql,
  workspaceId,
  logger: createLogger({ level: 'warn' }),
});
const http = await startHttp({ port: 0, host: '127.0.0.1', slack: app.requestListener, site: new Hono() });
console.log(http.port);
