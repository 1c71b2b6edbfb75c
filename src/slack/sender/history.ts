import { nextCursor } from './address.ts';
import type { SenderContext } from './context.ts';
import type { Outcome } from './outcome.ts';

/** A channel, or one thread in it, from `since` on. */
export type Stretch = {
  readonly channel: string;
  readonly threadTs: string | undefined;
  readonly since: Date;
};

/** A message of the app itself, with what its metadata says. */
export type OurMessage = { readonly ts: string; readonly outboxId: string; readonly revision: number };

export type Page =
  | { readonly ok: true; readonly messages: readonly OurMessage[] }
  | { readonly ok: false; readonly outcome: Exclude<Outcome, { kind: 'done' }> };

type SeenMessage = {
  readonly ts?: string;
  readonly user?: string;
  readonly metadata?: {
    readonly event_payload?: { readonly outbox_id?: unknown; readonly revision?: unknown };
  };
};

/** Clocks of the database and Slack may differ by this much before a message that is there goes unseen. */
const CLOCK_SLACK_S = 60;
const PAGES = 200;

/** The app's own messages of a stretch, page by page; the last page is a failure when Slack would not tell everything. */
export async function* ourMessages(context: SenderContext, stretch: Stretch): AsyncGenerator<Page> {
  const { channel, threadTs, since } = stretch;
  const method = threadTs === undefined ? 'conversations.history' : 'conversations.replies';
  const oldest = (since.getTime() / 1000 - CLOCK_SLACK_S).toFixed(6);
  let cursor = '';
  for (let page = 0; page < PAGES; page += 1) {
    const outcome = await context.call(method, {
      channel,
      ...(threadTs === undefined ? {} : { ts: threadTs }),
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor === '' ? {} : { cursor }),
    });
    if (outcome.kind !== 'done') return yield { ok: false, outcome };
    yield { ok: true, messages: readMessages(context, outcome.body) };
    cursor = nextCursor(outcome.body);
    if (cursor === '' && outcome.body.has_more !== true) return;
    if (cursor === '') {
      // Says that there is more, and not how to get it: what was not seen may still be there.
      return yield { ok: false, outcome: { kind: 'unknown', error: `${method} has more and no cursor` } };
    }
  }
  yield { ok: false, outcome: { kind: 'failed', error: `more than ${PAGES} pages of ${method}` } };
}

/** The app's own messages of one answer, with what their metadata says. */
export function readMessages(
  { botUserId }: SenderContext,
  body: Readonly<Record<string, unknown>>,
): readonly OurMessage[] {
  const seen = (Array.isArray(body.messages) ? body.messages : []) as SeenMessage[];
  return seen.flatMap(({ ts, user, metadata }) => {
    const outboxId = metadata?.event_payload?.outbox_id;
    if (ts === undefined || typeof outboxId !== 'string') return [];
    // Anybody may write metadata; only the app's own message is one we posted.
    if (botUserId !== undefined && user !== undefined && user !== botUserId) return [];
    return [{ ts, outboxId, revision: Number(metadata?.event_payload?.revision ?? 1) }];
  });
}
