import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { ListenerContext } from '../context.ts';
import { onBulkChosen, onBulkFiltered } from './choose.ts';
import { onBulkConfirmed } from './confirm.ts';
import { onBulkAnswer, onGroupButton } from './open.ts';
import { BULK_TURN_ACTION, onBulkTurn } from './turn.ts';

const BULK_BUTTONS = {
  bulk_claim: onGroupButton('claim'),
  bulk_resolve: onGroupButton('resolve'),
  bulk_hand_over: onGroupButton('hand_over'),
  bulk_list: onGroupButton('list'),
  bulk_accept: onBulkAnswer('accept'),
  bulk_decline: onBulkAnswer('decline'),
} as const;

const BULK_FORMS = {
  bulk_list: onBulkFiltered,
  bulk_choose: onBulkChosen,
  bulk_confirm: onBulkConfirmed,
} as const;

/** The buttons of these listeners, and the forms, for whoever answers what nobody knows. */
export const BULK_ACTION_NAMES = `${Object.keys(BULK_BUTTONS).join('|')}|bulk_filter|bulk_page_\\d{1,4}`;
export const BULK_FORM_NAMES = Object.keys(BULK_FORMS).join('|');

/** Everything about floods: a group's buttons, its list, the form that asks to confirm, and the answer to an offer of many. */
export function registerBulk(app: App, context: ListenerContext): void {
  for (const [actionId, listener] of Object.entries(BULK_BUTTONS)) {
    app.action<BlockAction>({ type: 'block_actions', action_id: actionId }, listener(context));
  }
  app.action<BlockAction>({ type: 'block_actions', action_id: BULK_TURN_ACTION }, onBulkTurn(context));
  for (const [callbackId, listener] of Object.entries(BULK_FORMS)) {
    app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: callbackId }, listener(context));
  }
}
