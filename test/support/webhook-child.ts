import { connect } from '../../src/db/client.ts';
import { type SendOptions, sendDue } from '../../src/pipeline/webhook/send-due.ts';

/** A process that sends one round of webhooks; whoever receives them may kill it before it writes down that it did. */
type Given = {
  readonly url: string;
  readonly options: SendOptions;
  readonly key: string;
  readonly now: string;
};

const { url, options, key, now } = JSON.parse(process.argv[2] ?? '') as Given;
const sql = connect({ url, role: 'runs' });
await sendDue(sql, {
  ...options,
  keys: [Buffer.from(key, 'base64')],
  clock: () => new Date(now),
  chance: () => 0.5,
});
await sql.end();
