import { deliverInteraction } from './deliver.ts';
import { envelope, finished, Impossible, personOf, type Result, viewOf } from './person.ts';
import { answerSubmission, type SubmissionEnd } from './submission.ts';
import { clientErrors, type PlainValues, stateValues } from './values.ts';
import { closeView } from './views.ts';
import { wireView } from './wire.ts';
import type { Workspace } from './workspace.ts';

export type Submit = {
  as: string;
  values?: PlainValues;
  viewId?: string;
  /** Sends even what Slack's client would stop (empty required fields). */
  unchecked?: boolean;
};

export type Submitted = Result & {
  /** How the modal ended; `stopped` when the client's own check kept it from being sent. */
  end: SubmissionEnd | 'stopped';
  errors?: Record<string, string>;
};

const TROUBLE = 'We had some trouble connecting. Try again?';

/** Submits a modal, and does what the app's answer says. */
export async function submit(workspace: Workspace, request: Submit): Promise<Submitted> {
  const user = personOf(workspace, request.as);
  const view = viewOf(workspace, user.id, request.viewId);
  if (!view) throw new Impossible(`${user.realName} has no such open view to submit.`);
  if (!view.submit) throw new Impossible(`The view "${view.callbackId}" has no submit button.`);
  const values = stateValues(view.blocks, request.values ?? {});
  const errors = request.unchecked ? {} : clientErrors(view.blocks, values);
  if (Object.keys(errors).length > 0) return { status: 0, ms: 0, body: '', end: 'stopped', errors };

  const outcome = await deliverInteraction(workspace, {
    ...envelope(workspace, 'view_submission', user),
    trigger_id: workspace.triggers.issue(user.id, view.id),
    view: wireView(workspace, view, values),
    response_urls: [],
  });
  if (outcome.problem) {
    return { ...finished(workspace, user, outcome, TROUBLE, { viewId: view.id }), end: 'kept' };
  }
  const answered = answerSubmission(workspace, view, outcome);
  const result = { status: outcome.status, ms: outcome.ms, body: outcome.body };
  if (!answered.trouble) return { ...result, ...answered };
  workspace.note(user.id, { text: TROUBLE, detail: answered.trouble, viewId: view.id });
  return { ...result, end: 'kept', notice: TROUBLE };
}

/** Closes the top modal, or with `all` the whole stack; tells the app where it asked to be told. */
export async function dismiss(
  workspace: Workspace,
  request: { as: string; viewId?: string; all?: boolean },
): Promise<Result> {
  const user = personOf(workspace, request.as);
  const view = viewOf(workspace, user.id, request.viewId);
  if (!view) throw new Impossible(`${user.realName} has no such open view to close.`);
  const closing = request.all || view.clearOnClose ? workspace.stackOf(user.id) : [view];
  for (const each of closing) closeView(workspace, each);
  const told = closing.filter((each) => each.notifyOnClose);
  const outcomes = await Promise.all(
    told.map((each) =>
      deliverInteraction(workspace, {
        ...envelope(workspace, 'view_closed', user),
        view: wireView(workspace, each),
        is_cleared: request.all === true,
      }),
    ),
  );
  const last = outcomes.at(-1);
  return last ? { status: last.status, ms: last.ms, body: last.body } : { status: 200, ms: 0, body: '' };
}
