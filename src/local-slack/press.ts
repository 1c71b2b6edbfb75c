import { deliverInteraction } from './deliver.ts';
import { envelope, finished, personOf, type Result } from './person.ts';
import { actionOf, placeOf, type Spot } from './place.ts';
import { chosenField, type Plain } from './values.ts';
import type { Workspace } from './workspace.ts';

export type Press = Spot & {
  as: string;
  /** The chosen option, person or date. For a button it replaces the button's own value (a forged press). */
  value?: Plain;
};

/** Presses a button or chooses in a menu, and waits for the app's acknowledgement. */
export async function press(workspace: Workspace, request: Press): Promise<Result> {
  const user = personOf(workspace, request.as);
  const place = placeOf(workspace, user, request);
  const { block, element } = actionOf(place, request);
  const value = request.value ?? element.value;
  const action = {
    action_id: element.action_id,
    block_id: block.block_id,
    type: element.type,
    ...(element.text ? { text: element.text } : {}),
    ...(element.type === 'button' && value !== undefined && value !== null ? { value: String(value) } : {}),
    ...(element.style ? { style: element.style } : {}),
    ...chosenField(element, request.value ?? null),
    action_ts: workspace.nextTs(),
  };
  const outcome = await deliverInteraction(workspace, {
    ...envelope(workspace, 'block_actions', user),
    ...place.fields,
    actions: [action],
  });
  return finished(workspace, user, outcome, 'This app is not responding.', place.shownAt);
}
