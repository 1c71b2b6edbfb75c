import type { App, BlockAction, MessageShortcut, ViewSubmitAction } from '@slack/bolt';
import { onApprove, onReject, onRejectSubmitted } from './approve.ts';
import { refreshDetails } from './bulk/refresh-details.ts';
import { BULK_ACTION_NAMES, BULK_FORM_NAMES, registerBulk } from './bulk/register.ts';
import { onClaim } from './claim.ts';
import type { ListenerContext } from './context.ts';
import { onDetails, onDetailsPage, onPlaybook } from './details.ts';
import { dispatchPresses } from './dispatch.ts';
import { onEscalate, onEscalateSubmitted } from './escalate.ts';
import { listenToChannels } from './events/channel-changed.ts';
import { onMessage } from './events/message-deleted.ts';
import { onUserChange } from './events/user-changed.ts';
import {
  onAcceptOffer,
  onDeclineOffer,
  onDeclineOfferSubmitted,
  onHandOver,
  onHandOverSubmitted,
} from './hand-over.ts';
import { HOME_PAGE_ACTION, homesOf, onHomeOpened, onHomePage } from './home/home.ts';
import { DELIVERY_ACTIONS } from './intake/press.ts';
import { DELIVERY_FORMS } from './intake/submitted.ts';
import { onConfirmLink } from './link/confirm.ts';
import { onChoosePerson, onDeclineLink, onVouch } from './link/vouch.ts';
import { onApproveProposal, onRejectProposal, onRejectProposalSubmitted } from './money/proposal.ts';
import { onRelease, onReleaseSubmitted } from './money/release.ts';
import { onMention } from './note/mention.ts';
import { KEEP_NOTE, onKeepNote } from './note/shortcut.ts';
import { onNoteSubmitted } from './note/submitted.ts';
import {
  onUnknownAction,
  onUnknownCommand,
  onUnknownShortcut,
  onUnknownView,
  onViewClosed,
} from './otherwise.ts';
import {
  onLift,
  onLiftSubmitted,
  onNever,
  onNeverSubmitted,
  onUnmatch,
  onUnmatchSubmitted,
} from './pair/apart.ts';
import { onMatch, onMatchChosen, onMatchConfirmed } from './pair/match.ts';
import { onReconPage, RECON_PAGE_ACTION } from './recon/page.ts';
import { onRecon, RECON } from './recon/recon.ts';
import { refreshShown } from './recon/refresh-shown.ts';
import { onReopen, onReopenSubmitted } from './reopen.ts';
import { onResolve, onResolveSubmitted } from './resolve.ts';
import { onResume } from './resume.ts';
import { onApproveRule, onRejectRule, onRuleDetails } from './rules/press.ts';
import { onApproveRuleSubmitted, onRejectRuleSubmitted } from './rules/submitted.ts';
import { onSuggest } from './suggest.ts';
import {
  onAssign,
  onAssignSubmitted,
  onRuleChange,
  onRuleChangeSubmitted,
  onTriageAccept,
  onTriageWriteOff,
} from './triage.ts';
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
  assign: onAssign,
  rule_change: onRuleChange,
  triage_write_off: onTriageWriteOff,
  triage_accept: onTriageAccept,
  approve: onApprove,
  reject: onReject,
  match: onMatch,
  unmatch: onUnmatch,
  never: onNever,
  lift: onLift,
  proposal_approve: onApproveProposal,
  proposal_reject: onRejectProposal,
  hold_release: onRelease,
  rule_approve: onApproveRule,
  rule_reject: onRejectRule,
  rule_details: onRuleDetails,
  details: onDetails,
  playbook: onPlaybook,
} as const;

/** Buttons and menus of the messages that link a Slack user to a person. */
const LINK_ACTIONS = {
  link_vouch: onVouch,
  link_decline: onDeclineLink,
  link_person: onChoosePerson,
  link_confirm: (context: ListenerContext) =>
    onConfirmLink(context, (actionId) => listenerOf(context, actionId)),
} as const;

const listenerOf = (context: ListenerContext, actionId: string) =>
  isAction(actionId) ? ACTIONS[actionId](context) : undefined;
const isAction = (actionId: string): actionId is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, actionId);

const SUBMISSIONS = {
  resolve: onResolveSubmitted,
  escalate: onEscalateSubmitted,
  hand_over: onHandOverSubmitted,
  hand_over_decline: onDeclineOfferSubmitted,
  wait: onWaitSubmitted,
  reopen: onReopenSubmitted,
  assign: onAssignSubmitted,
  rule_change: onRuleChangeSubmitted,
  reject: onRejectSubmitted,
  match: onMatchChosen,
  match_confirm: onMatchConfirmed,
  unmatch: onUnmatchSubmitted,
  never: onNeverSubmitted,
  lift: onLiftSubmitted,
  proposal_reject: onRejectProposalSubmitted,
  hold_release: onReleaseSubmitted,
  'rule.approve': onApproveRuleSubmitted,
  'rule.reject': onRejectRuleSubmitted,
  [KEEP_NOTE]: onNoteSubmitted,
  ...DELIVERY_FORMS,
} as const;

/** The names of forms about rules have a dot. */
const escaped = (name: string): string => name.replaceAll('.', '\\.');

const PAGE_ACTION = /^details_page_\d{1,5}$/;
const UNKNOWN_ACTION = new RegExp(
  `^(?!(?:${[...Object.keys(ACTIONS), ...Object.keys(LINK_ACTIONS), ...Object.keys(DELIVERY_ACTIONS)].join('|')}|(?:details_page|recon_page|home_mine|home_unclaimed)_\\d{1,5}|${BULK_ACTION_NAMES})$)`,
);
const OTHER_COMMAND = new RegExp(`^(?!${RECON}$)`);
const OTHER_SHORTCUT = new RegExp(`^(?!${KEEP_NOTE}$)`);
const UNKNOWN_VIEW = new RegExp(
  `^(?!(?:${Object.keys(SUBMISSIONS).map(escaped).join('|')}|${BULK_FORM_NAMES})$)`,
);

const pressListeners = (context: ListenerContext) =>
  new Map(
    Object.entries({ ...ACTIONS, ...LINK_ACTIONS, ...DELIVERY_ACTIONS }).map(([actionId, listener]) => [
      actionId,
      listener(context),
    ]),
  );

export type Registered = {
  /** Ends what listeners keep going by themselves: open Homes. They start again with the next of them. */
  readonly stop: () => Promise<void>;
};

/** Every interaction has a listener, known or not: what nobody acknowledges keeps a person waiting for three seconds. */
export function registerListeners(app: App, context: ListenerContext): Registered {
  app.use(refreshShown(context));
  app.use(refreshDetails(context));
  app.use(dispatchPresses(pressListeners(context)));
  registerBulk(app, context);
  app.action<BlockAction>({ type: 'block_actions', action_id: PAGE_ACTION }, onDetailsPage(context));
  app.action<BlockAction>({ type: 'block_actions', action_id: RECON_PAGE_ACTION }, onReconPage(context));
  app.event('app_mention', onMention(context));
  app.event('user_change', onUserChange(context));
  app.event('message', onMessage(context));
  listenToChannels(app, context);
  const homes = homesOf(context);
  app.event('app_home_opened', onHomeOpened(context, homes));
  app.action<BlockAction>({ type: 'block_actions', action_id: HOME_PAGE_ACTION }, onHomePage(context, homes));
  app.action(UNKNOWN_ACTION, onUnknownAction(context));
  for (const [callbackId, listener] of Object.entries(SUBMISSIONS)) {
    app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: callbackId }, listener(context));
  }
  app.view(UNKNOWN_VIEW, onUnknownView(context));
  app.view({ type: 'view_closed', callback_id: /.*/ }, onViewClosed());
  app.command(RECON, onRecon(context));
  app.command(OTHER_COMMAND, onUnknownCommand(context));
  app.shortcut<MessageShortcut>({ type: 'message_action', callback_id: KEEP_NOTE }, onKeepNote(context));
  app.shortcut(OTHER_SHORTCUT, onUnknownShortcut(context));
  app.options(/.*/, onSuggest(context));
  return { stop: homes.stop };
}
