import type { Check, Rule } from './checks.ts';
import { boolean, isObject, list, object, oneOf, string } from './checks.ts';
import { LIMITS } from './limits.ts';

export type TextKind = 'plain_text' | 'mrkdwn';

/** A text object of the allowed kinds, within a length. `emoji` belongs to plain text, `verbatim` to mrkdwn. */
export function text(kinds: readonly TextKind[], max: number = LIMITS.text.max): Check {
  const content = string({ min: LIMITS.text.min, max });
  const shapes = {
    plain_text: object({
      required: { type: oneOf(...kinds), text: content },
      optional: { emoji: boolean },
    }),
    mrkdwn: object({
      required: { type: oneOf(...kinds), text: content },
      optional: { verbatim: boolean },
    }),
  };
  return (value, pointer, problems) => {
    const kind = isObject(value) && value.type === 'mrkdwn' ? 'mrkdwn' : 'plain_text';
    shapes[kind](value, pointer, problems);
  };
}

export const plain = (max?: number): Check => text(['plain_text'], max);
export const anyText = (max?: number): Check => text(['plain_text', 'mrkdwn'], max);

export const style = oneOf('primary', 'danger');

export const confirm = object({
  required: { title: plain(LIMITS.confirm.title), text: anyText(LIMITS.confirm.text) },
  optional: { confirm: plain(LIMITS.confirm.confirm), deny: plain(LIMITS.confirm.deny), style },
});

export function option(kinds: readonly TextKind[], withUrl = false): Check {
  return object({
    required: {
      text: text(kinds, LIMITS.option.text),
      value: string({ min: 1, max: LIMITS.option.value }),
    },
    optional: {
      description: text(kinds, LIMITS.option.description),
      ...(withUrl ? { url: string({ min: 1, max: LIMITS.option.url }) } : {}),
    },
  });
}

export const plainOption = option(['plain_text']);
export const richOption = option(['plain_text', 'mrkdwn']);

export const optionGroup = object({
  required: {
    label: plain(LIMITS.optionGroup.label),
    options: list(plainOption, LIMITS.optionGroup.options),
  },
});

export const dispatchConfig = object({
  optional: {
    trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }),
  },
});

export const conversationFilter = object({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  also: [
    (value, pointer, problems) => {
      if (Object.keys(value).length === 0)
        problems.push({ message: 'must define at least one filter', pointer });
    },
  ],
});

export const slackFile = object({
  optional: { id: string({ min: 1 }), url: string({ min: 1, max: LIMITS.image.url }) },
  also: [
    (value, pointer, problems) => {
      if ((value.id === undefined) === (value.url === undefined)) {
        problems.push({ message: 'must define either `id` or `url`', pointer });
      }
    },
  ],
});

const optionsOf = (element: Record<string, unknown>): unknown[] => {
  const direct = Array.isArray(element.options) ? element.options : [];
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const grouped = groups.flatMap((group: unknown) =>
    isObject(group) && Array.isArray(group.options) ? group.options : [],
  );
  return [...direct, ...grouped];
};

/** What is chosen at first must be one of the options, text and value alike. */
export const initialIsAnOption: Rule = (element, pointer, problems) => {
  const offered = new Set(
    optionsOf(element).map((o) => (isObject(o) ? JSON.stringify([o.value, textOf(o)]) : '')),
  );
  const chosen = [element.initial_option, ...(asList(element.initial_options) ?? [])];
  for (const choice of chosen) {
    if (!isObject(choice) || offered.has(JSON.stringify([choice.value, textOf(choice)]))) continue;
    const field = element.initial_option === choice ? 'initial_option' : 'initial_options';
    problems.push({
      message: `\`${field}\` must exactly match one of the provided options`,
      pointer: `${pointer}/${field}`,
    });
  }
};

const textOf = (choice: Record<string, unknown>): unknown =>
  isObject(choice.text) ? choice.text.text : undefined;
const asList = (value: unknown): unknown[] | undefined => (Array.isArray(value) ? value : undefined);
