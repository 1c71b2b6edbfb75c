import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import { onClaim } from './claim.ts';
import type { ListenerContext } from './context.ts';
import { onDetails, onDetailsPage } from './details.ts';
import { onEscalate, onEscalateSubmitted } from './escalate.ts';
import { onUnknownAction, onUnknownCommand, onUnknownShortcut, onUnknownView } from './otherwise.ts';
import { onResolve, onResolveSubmitted } from './resolve.ts';
import { onUnclaim } from './unclaim.ts';

const ACTIONS = {
  claim: onClaim,
  unclaim: onUnclaim,
  resolve: onResolve,
  escalate: onEscalate,
  details: onDetails,
} as const;

const SUBMISSIONS = { resolve: onResolveSubmitted, escalate: onEscalateSubmitted } as const;

const PAGE_ACTION = /^details_page_\d{1,5}$/;
const UNKNOWN_ACTION = new RegExp(`^(?!(?:${Object.keys(ACTIONS).join('|')}|details_page_\\d{1,5})$)`);
const UNKNOWN_VIEW = new RegExp(`^(?!(?:${Object.keys(SUBMISSIONS).join('|')})$)`);

/** Every interaction has a listener, known or not: what nobody acknowledges keeps a person waiting for three seconds. */
export function registerListeners(app: App, context: ListenerContext): void {
  for (const [actionId, listener] of Object.entries(ACTIONS)) {
    app.action<BlockAction>({ type: 'block_actions', action_id: actionId }, listener(context));
  }
  app.action<BlockAction>({ type: 'block_actions', action_id: PAGE_ACTION }, onDetailsPage(context));
  app.action(UNKNOWN_ACTION, onUnknownAction(context));
  for (const [callbackId, listener] of Object.entries(SUBMISSIONS)) {
    app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: callbackId }, listener(context));
  }
  app.view(UNKNOWN_VIEW, onUnknownView());
  app.view({ type: 'view_closed', callback_id: /.*/ }, onUnknownView());
  app.command(/.*/, onUnknownCommand());
  app.shortcut(/.*/, onUnknownShortcut());
}
