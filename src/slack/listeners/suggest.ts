import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from '@slack/bolt';
import { LIMITS, type Option, option } from '../views/blocks.ts';
import { clean, plain } from '../views/escape.ts';
import type { ListenerContext } from './context.ts';
import { answerKnown, type KnownPerson } from './known-person.ts';
import { suggestPeople } from './link/suggest-people.ts';
import { suggestExceptions } from './note/suggest-exceptions.ts';
import { suggestRecords } from './pair/suggest-records.ts';
import { suggestBulkColleagues, suggestColleagues, suggestTargets } from './suggest-receivers.ts';

/** What a person types into a menu with search, and where the menu stands. */
export type Typed = KnownPerson & {
  readonly text: string;
  /** The form's private_metadata; empty for a menu in a message. */
  readonly metadata: string;
};

export type Suggest = (context: ListenerContext, typed: Typed) => Promise<readonly Option[]>;

/** Menus with search: of forms by callback id and block id, of messages by action id. */
const MENUS: Readonly<Record<string, Suggest>> = {
  'keep_note exception': suggestExceptions,
  'hand_over person': suggestColleagues,
  'bulk_confirm person': suggestBulkColleagues,
  'escalate target': suggestTargets,
  link_person: suggestPeople,
  'match search': suggestRecords,
  'never search': suggestRecords,
};

/**
 * Answers every menu that searches, known or not: Slack shows an error to a person whose menu gets no answer. A fault
 * cannot be told anywhere else, so its words stand as the only option; choosing it is refused as unknown.
 */
export const onSuggest =
  (context: ListenerContext) =>
  async ({ ack, payload, body }: SlackOptionsMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const view = 'view' in body ? body.view : undefined;
    const name =
      view === undefined ? payload.action_id : `${view.callback_id ?? ''} ${payload.block_id ?? ''}`;
    const suggest = Object.hasOwn(MENUS, name) ? MENUS[name] : undefined;
    const typed = { text: clean(payload.value ?? ''), metadata: view?.private_metadata ?? '' };
    const asked = { slackUserId: body.user.id, about: { menu: name } };
    const said = await answerKnown(context, asked, async (person) =>
      suggest ? await suggest(context, { ...person, ...typed }) : [],
    );
    const options = said.ok
      ? said.answer.slice(0, LIMITS.options)
      : [{ label: plain(said.words, LIMITS.optionText), value: 'unavailable' }];
    await ack({ options: options.map(option) } as never);
  };
