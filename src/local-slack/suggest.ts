import type { Json } from './blocks/checks.ts';
import { isObject } from './blocks/checks.ts';
import { deliverInteraction, OPTIONS_TYPE } from './deliver.ts';
import { envelope, finished, Impossible, personOf, type Result } from './person.ts';
import { actionOf, placeOf, type Spot } from './place.ts';
import type { Workspace } from './workspace.ts';

export type Suggest = Spot & { as: string; query: string };

/** An option as the page shows it; `group` is the heading that it stands under. */
export type Suggestion = { value: string; text: string; group?: string };

export type Suggested = Result & { suggestions: Suggestion[] };

const TROUBLE = 'The results could not be loaded.';

/** Asks the app for the options of a menu that match what was typed. */
export async function suggest(workspace: Workspace, request: Suggest): Promise<Suggested> {
  const user = personOf(workspace, request.as);
  const place = placeOf(workspace, user, request);
  const { block, element } = actionOf(place, request);
  if (!String(element.type).endsWith('external_select')) {
    throw new Impossible(
      `"${request.actionId}" is a ${String(element.type)}: it has all its options already.`,
    );
  }
  const { trigger_id: _trigger, response_url: _url, ...fields } = place.fields;
  const outcome = await deliverInteraction(workspace, {
    ...envelope(workspace, OPTIONS_TYPE, user),
    ...fields,
    action_id: element.action_id,
    block_id: block.block_id,
    value: request.query,
  });
  const result = finished(workspace, user, outcome, TROUBLE, place.shownAt);
  if (outcome.problem) return { ...result, suggestions: [] };
  const found = readOptions(outcome.json ?? {});
  if (found) return { ...result, suggestions: found };
  const detail = 'the answer to a block_suggestion must have "options" or "option_groups"';
  workspace.note(user.id, { text: TROUBLE, detail, ...place.shownAt });
  return { ...result, notice: TROUBLE, suggestions: [] };
}

const MOST_OPTIONS = 100;

function readOptions(json: Json): Suggestion[] | undefined {
  if (Array.isArray(json.options)) return listed(json.options);
  if (!Array.isArray(json.option_groups)) return undefined;
  return json.option_groups.filter(isObject).flatMap((group) =>
    listed(Array.isArray(group.options) ? group.options : []).map((option) => ({
      ...option,
      group: wordsOf(group.label),
    })),
  );
}

const listed = (options: unknown[]): Suggestion[] =>
  options
    .filter(isObject)
    .slice(0, MOST_OPTIONS)
    .map((option) => ({ value: String(option.value ?? ''), text: wordsOf(option.text) }));

const wordsOf = (text: unknown): string => (isObject(text) ? String(text.text ?? '') : '');
