import type { Json } from './blocks/checks.ts';
import { isObject, spell } from './blocks/checks.ts';
import { LIMITS } from './blocks/limits.ts';
import type { Outcome } from './deliver.ts';
import type { View } from './types.ts';
import { checkedView, clearStack, closeView, isRefused, replaceView, showModal } from './views.ts';
import type { Workspace } from './workspace.ts';

export type SubmissionEnd = 'closed' | 'errors' | 'updated' | 'pushed' | 'cleared' | 'kept';
type Answered = { end: SubmissionEnd; errors?: Record<string, string>; trouble?: string };

const trouble = (detail: string): Answered => ({ end: 'kept', trouble: detail });

/** Does what the app's answer to a submission says: closes the modal, shows errors, another view, or nothing. */
export function answerSubmission(workspace: Workspace, view: View, outcome: Outcome): Answered {
  if (outcome.body.trim() === '') return close(workspace, view);
  const { json } = outcome;
  if (!json)
    return trouble(
      `the answer to a view_submission must be empty or JSON, not: ${outcome.body.slice(0, 200)}`,
    );
  if (json.response_action === undefined) {
    return Object.keys(json).length === 0
      ? close(workspace, view)
      : trouble('the answer to a view_submission has no "response_action"');
  }
  const act = ANSWERS[String(json.response_action)];
  return act
    ? act(workspace, view, json)
    : trouble(`unknown response_action "${String(json.response_action)}"`);
}

function close(workspace: Workspace, view: View): Answered {
  if (view.clearOnClose) clearStack(workspace, view.user);
  else closeView(workspace, view);
  return { end: 'closed' };
}

const ANSWERS: Record<string, (workspace: Workspace, view: View, json: Json) => Answered> = {
  errors: (_, view, json) => {
    const errors = json.errors;
    if (!isObject(errors) || Object.keys(errors).length === 0)
      return trouble('"errors" must name at least one block_id');
    const inputs = new Set(
      view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id),
    );
    for (const [blockId, message] of Object.entries(errors)) {
      if (!inputs.has(blockId))
        return trouble(`"errors" names "${blockId}", which is no input block of this view`);
      if (typeof message !== 'string' || message === '')
        return trouble(`the error for "${blockId}" has no text`);
    }
    return { end: 'errors', errors: errors as Record<string, string> };
  },
  update: (workspace, view, json) => {
    const next = checkedView(workspace, json.view, { kinds: ['modal'], replaces: view.id });
    if (isRefused(next)) return trouble(whyNot(next));
    replaceView(workspace, view, next);
    return { end: 'updated' };
  },
  push: (workspace, view, json) => {
    if (workspace.stackOf(view.user).length >= LIMITS.view.stack)
      return trouble('push_limit_reached: three views are open');
    const next = checkedView(workspace, json.view, { kinds: ['modal'] });
    if (isRefused(next)) return trouble(whyNot(next));
    showModal(workspace, view.user, next, 'push');
    return { end: 'pushed' };
  },
  clear: (workspace, view) => {
    clearStack(workspace, view.user);
    return { end: 'cleared' };
  },
};

const whyNot = (refused: { refusal: string; problems: { message: string; pointer: string }[] }): string =>
  `the view was refused: ${refused.refusal} ${refused.problems.map(spell).join('; ')}`;
