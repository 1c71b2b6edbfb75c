import { z } from 'zod';

/*
 * What Slack sends, as far as anything here cannot do without it: more may be there, and of what may be missing only that it is of its kind
 * when it is not. What lacks it was not made by Slack, and would fail somewhere behind as a fault of ours.
 */
const id = z.string().min(1).max(100);
const named = z.looseObject({ id });
const text = z.string();

const button = z.looseObject({
  action_id: text,
  type: text.optional(),
  block_id: text.optional(),
  action_ts: text.optional(),
  value: text.nullish(),
  selected_option: z.looseObject({ value: text }).nullish(),
});

/** An element of a form with what was typed or chosen in it. */
const entered = z.looseObject({
  value: text.nullish(),
  selected_option: z.looseObject({ value: text }).nullish(),
  selected_options: z.array(z.looseObject({ value: text })).nullish(),
  selected_date: text.nullish(),
});
const state = z.looseObject({ values: z.record(text, z.record(text, entered)) });
const view = z.looseObject({
  id: text.optional(),
  callback_id: text.optional(),
  private_metadata: text.optional(),
  hash: text.optional(),
  previous_view_id: text.nullish(),
  state: state.nullish(),
});
const form = view.extend({ callback_id: text, state, blocks: z.array(z.looseObject({})).optional() });

const ofPerson = z.looseObject({
  user: named,
  team: z.looseObject({ id }).nullish(),
  response_urls: z.array(z.looseObject({})).optional(),
});
const press = ofPerson.extend({
  trigger_id: text.optional(),
  actions: z.array(button).length(1),
  channel: named.optional(),
  container: z.looseObject({ channel_id: text.nullish(), message_ts: text.nullish() }).nullish(),
  message: z.looseObject({ ts: text }).optional(),
  view: view.optional(),
  response_url: text.nullish(),
  state: state.nullish(),
});
const shortcut = ofPerson.extend({ callback_id: text, trigger_id: text.optional() });
const onMessage = shortcut.extend({
  channel: named,
  message: z.looseObject({ ts: id, thread_ts: text.nullish(), text: text.nullish(), user: text.nullish() }),
  response_url: text.nullish(),
});
const suggestion = ofPerson.extend({
  action_id: text,
  block_id: text.optional(),
  value: text.optional(),
  view: view.optional(),
  channel: named.optional(),
});

/** What every event has where it has it. */
const happened = z.looseObject({
  type: id,
  channel: z.union([id, named]).optional(),
  user: z.union([id, named]).optional(),
  ts: text.optional(),
  thread_ts: text.optional(),
  deleted_ts: text.optional(),
  subtype: text.nullish(),
  bot_id: text.nullish(),
});
/** Of events, what its listener needs of one. */
const EVENTS: Readonly<Record<string, z.ZodType>> = {
  app_home_opened: happened.extend({ user: id }),
  app_mention: happened.extend({ channel: id, ts: id, text }),
  message: happened.extend({ channel: id }),
  user_change: happened.extend({ user: named }),
};
const event = z.looseObject({
  event: happened.refine((one) => EVENTS[one.type]?.safeParse(one).success !== false),
  authorizations: z
    .array(z.looseObject({ team_id: text.nullish() }))
    .min(1)
    .optional(),
});

const command = z.looseObject({
  command: id,
  text: text.optional(),
  user_id: id,
  channel_id: text.optional(),
  response_url: text.optional(),
});

const SHAPES: Readonly<Record<string, z.ZodType>> = {
  block_actions: press,
  block_suggestion: suggestion,
  view_submission: ofPerson.extend({ view: form }),
  view_closed: ofPerson.extend({ view }),
  message_action: onMessage,
  shortcut,
  event_callback: event,
};

/** Whether a payload has what Slack always sends in one of its type. One of a type that nobody listens to may be anything. */
export function isWhole(payload: Readonly<Record<string, unknown>>): boolean {
  const { type } = payload;
  const shape = typeof type === 'string' ? SHAPES[type] : 'command' in payload ? command : undefined;
  return (shape === undefined || shape.safeParse(payload).success) && !hasNul(payload);
}

/** What a person types may have anything in it, and whoever reads it takes out what no database can hold. */
const TYPED: ReadonlySet<string> = new Set(['text', 'values', 'value']);

/** PostgreSQL keeps no NUL character: in what Slack itself writes there is none. */
function hasNul(given: unknown): boolean {
  if (typeof given === 'string') return given.includes('\u0000');
  if (typeof given !== 'object' || given === null) return false;
  return Object.entries(given).some(([key, value]) => !TYPED.has(key) && hasNul(value));
}
