import { checkPress } from '../../core/act.ts';
import { Fault } from '../../core/fault.ts';
import type { PersonAction } from '../../core/permission.ts';
import { inWorkspace } from '../../db/tx.ts';
import { actFacts } from '../../pipeline/act/act-facts.sql.ts';
import { type Details, readDetails } from '../../pipeline/act/details.ts';
import type { View } from '../views/blocks.ts';
import { refusalWords } from '../views/refusals.ts';
import type { ListenerContext } from './context.ts';
import type { Press, Words } from './press.ts';

const EXPIRED =
  'Slack took too long to bring your press here, so the form could not open. Press the button again.';

/** Opens a modal about the exception as it is now, or returns why the person cannot use it. */
export async function openModal(
  context: ListenerContext,
  press: Press,
  { action, render }: { action: PersonAction; render: (details: Details) => View | Promise<View> },
): Promise<Words> {
  const refused = await whyNot(context, press, action);
  if (refused !== undefined) return refused;
  const details = await readDetails(context.sql, press);
  if (!details) return refusalWords({ code: 'not_found' });
  const view = await render(details);
  const opened = await context.call('views.open', { trigger_id: press.triggerId, view });
  if (opened.kind === 'done') return undefined;
  const error = opened.kind === 'rate_limited' ? 'ratelimited' : opened.error;
  if (error.endsWith('_trigger_id')) return EXPIRED;
  throw new Fault('slack_refused', `views.open for ${action}: ${error}. Press again.`);
}

/** Told before a form opens, not after it is filled in. The act decides again when it is sent. */
async function whyNot(context: ListenerContext, press: Press, action: PersonAction): Promise<Words> {
  if (action === 'details') return undefined;
  const facts = await inWorkspace(context.sql, context.workspaceId, (tx) => actFacts(tx, press));
  if (!facts) return refusalWords({ code: 'not_found' });
  // The form shows the exception as it is now, so an old card is no obstacle to opening it.
  const refusal = checkPress(facts, { action, version: facts.version });
  return refusal && refusalWords(refusal);
}
