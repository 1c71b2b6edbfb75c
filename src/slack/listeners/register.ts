import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import { onClaim } from './claim.ts';
import type { ListenerContext } from './context.ts';
import { onDetails, onDetailsPage } from './details.ts';
import { onEscalate, onEscalateSubmitted } from './escalate.ts';
import {
  onAcceptOffer,
  onDeclineOffer,
  onDeclineOfferSubmitted,
  onHandOver,
  onHandOverSubmitted,
} from './hand-over.ts';
import { HOME_PAGE_ACTION, homesOf, onHomeOpened, onHomePage } from './home/home.ts';
import { onUnknownAction, onUnknownCommand, onUnknownShortcut, onUnknownView } from './otherwise.ts';
import { onReconPage, RECON_PAGE_ACTION } from './recon/page.ts';
import { onRecon, RECON } from './recon/recon.ts';
import { refreshShown } from './recon/refresh-shown.ts';
import { onReopen, onReopenSubmitted } from './reopen.ts';
import { onResolve, onResolveSubmitted } from './resolve.ts';
import { onResume } from './resume.ts';
import { onUnclaim } from './unclaim.ts';
import { onWait, onWaitSubmitted } from './wait.ts';

const ACTIONS = {
  claim: onClaim,
  unclaim: onUnclaim,
  resolve: onResolve,
  escalate: onEscalate,
  hand_over: onHandOver,
  hand_over_accept: onAcceptOffer,
  hand_over_decline: onDeclineOffer,
  wait: onWait,
  resume: onResume,
  reopen: onReopen,
  details: onDetails,
} as const;

const SUBMISSIONS = {
  resolve: onResolveSubmitted,
  escalate: onEscalateSubmitted,
  hand_over: onHandOverSubmitted,
  hand_over_decline: onDeclineOfferSubmitted,
  wait: onWaitSubmitted,
  reopen: onReopenSubmitted,
} as const;

const PAGE_ACTION = /^details_page_\d{1,5}$/;
const UNKNOWN_ACTION = new RegExp(
  `^(?!(?:${Object.keys(ACTIONS).join('|')}|(?:details_page|recon_page|home_mine|home_unclaimed)_\\d{1,5})$)`,
);
const OTHER_COMMAND = new RegExp(`^(?!${RECON}$)`);
const UNKNOWN_VIEW = new RegExp(`^(?!(?:${Object.keys(SUBMISSIONS).join('|')})$)`);

/** Every interaction has a listener, known or not: what nobody acknowledges keeps a person waiting for three seconds. */
export function registerListeners(app: App, context: ListenerContext): void {
  app.use(refreshShown(context));
  for (const [actionId, listener] of Object.entries(ACTIONS)) {
    app.action<BlockAction>({ type: 'block_actions', action_id: actionId }, listener(context));
  }
  app.action<BlockAction>({ type: 'block_actions', action_id: PAGE_ACTION }, onDetailsPage(context));
  app.action<BlockAction>({ type: 'block_actions', action_id: RECON_PAGE_ACTION }, onReconPage(context));
  const homes = homesOf(context);
  app.event('app_home_opened', onHomeOpened(context, homes));
  app.action<BlockAction>({ type: 'block_actions', action_id: HOME_PAGE_ACTION }, onHomePage(context, homes));
  app.action(UNKNOWN_ACTION, onUnknownAction(context));
  for (const [callbackId, listener] of Object.entries(SUBMISSIONS)) {
    app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: callbackId }, listener(context));
  }
  app.view(UNKNOWN_VIEW, onUnknownView());
  app.view({ type: 'view_closed', callback_id: /.*/ }, onUnknownView());
  app.command(RECON, onRecon(context));
  app.command(OTHER_COMMAND, onUnknownCommand());
  app.shortcut(/.*/, onUnknownShortcut());
}
