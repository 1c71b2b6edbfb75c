import { type Block, button, context, header, LIMITS, type Message, plainText, section } from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import type { Reader } from './reader.ts';

/** The word on the button that was pressed. */
export function actionLabel(actionId: string, { words }: Reader): string {
  const { buttons } = words.card;
  const name = actionId.replace(/^hand_over_(?=accept$|decline$)/, '');
  return isButton(name, buttons) ? buttons[name] : inert(actionId, 50);
}

const isButton = <Buttons extends object>(name: PropertyKey, buttons: Buttons): name is keyof Buttons =>
  Object.hasOwn(buttons, name);

/** What an admin is asked about somebody nobody knows. */
export type LinkQuestion = {
  readonly requestId: string;
  readonly slackName: string;
  readonly actionId: string;
  readonly label: string;
  readonly until: Date;
};

/** Asks an admin who a Slack user is: a menu with search, and the two answers. */
export function renderVouch(question: LinkQuestion, reader: Reader): Message {
  const { link } = reader.words;
  const name = inert(question.slackName, 200);
  const value = JSON.stringify({ v: 1, request: question.requestId });
  const pressed = link.pressed(name, actionLabel(question.actionId, reader), inert(question.label, 50));
  const until = ({ instant }: Writer): string => link.standsUntil(instant(question.until));
  const text = [link.whoIs(name), pressed, link.vouchFor, until(plainly(reader))].join('\n');
  return {
    text: cutEscaped(text, LIMITS.text),
    blocks: [
      header(plain(link.whoIs(question.slackName), LIMITS.header)),
      section(`${pressed}\n${link.vouchFor}`),
      {
        type: 'actions',
        block_id: 'link',
        elements: [
          {
            type: 'external_select',
            action_id: 'link_person',
            placeholder: plainText(link.choose),
            min_query_length: 0,
          },
          button('link_vouch', link.vouch, { value, style: 'primary' }),
          button('link_decline', link.decline, { value }),
        ],
      },
      context(until(richly(reader))),
    ],
  };
}

/** What the user confirms: that they are this person. */
export type LinkConfirmation = {
  readonly requestId: string;
  readonly token: string;
  readonly adminName: string;
  readonly personName: string;
  readonly until: Date;
};

/** Asks the user themselves; the button carries the token, and nothing else does. */
export function renderConfirm(confirmation: LinkConfirmation, reader: Reader): Message {
  const { link } = reader.words;
  const { requestId, token, until } = confirmation;
  const ask = link.confirmAsk(inert(confirmation.adminName, 200), inert(confirmation.personName, 200));
  const value = JSON.stringify({ v: 1, request: requestId, token });
  const yes = plain(link.confirmYes(confirmation.personName), LIMITS.buttonText);
  return {
    text: cutEscaped(
      [link.confirmTitle, ask, link.confirmUntil(plainly(reader).instant(until))].join('\n'),
      LIMITS.text,
    ),
    blocks: [
      header(plain(link.confirmTitle, LIMITS.header)),
      section(ask),
      { type: 'actions', elements: [button('link_confirm', yes, { value, style: 'primary' })] },
      context(link.confirmUntil(richly(reader).instant(until))),
    ],
  };
}

/** What stands where a question stood, once it is answered: no button to press again. */
export const renderAnswered = (words: string): { text: string; blocks: Block[] } => ({
  text: words,
  blocks: [section(words)],
});
