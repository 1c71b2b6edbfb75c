import type { Role } from '../../core/organisation.ts';
import { type RuleChangeFacts, SEATS, seatsFor } from '../../core/rule-change.ts';
import {
  type Block,
  button,
  fields,
  header,
  input,
  LIMITS,
  type Message,
  option,
  section,
  type View,
} from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import { modalOf, why } from './modal-parts.ts';
import type { Reader } from './reader.ts';

/** More of what changes than this is among the details. */
const MOST_IN_MESSAGE = 8;
/** Sections of a modal beside its others. */
const MOST_SECTIONS = 60;
const SENTENCE = 600;
const MOST_NAMES = 5;

const pointerOf = ({ changeId }: RuleChangeFacts): string =>
  JSON.stringify({ v: 1, id: changeId, version: 1 });

/** The message that asks for the approvals of a change: who wants it and why, what changes, who agreed and who is asked. */
export function renderRuleChange(facts: RuleChangeFacts, reader: Reader): Message {
  const { rule, card } = reader.words;
  const title = titleOf(facts, reader);
  const body = rule.bodies[facts.state];
  const changes = changeLines(facts, reader);
  const shown = changes.slice(0, MOST_IN_MESSAGE);
  const more = changes.length - shown.length;
  const lines = more > 0 ? [...shown, rule.more(more)] : shown;
  const said = factsOf(facts, plainly(reader)).flatMap(([label, value]) =>
    value === undefined ? [] : [card.line(label, value)],
  );
  const seats = seatLines(facts, plainly(reader));
  return {
    text: cutEscaped([inert(title, 300), body, ...said, ...seats, ...lines].join('\n'), LIMITS.text),
    blocks: [
      header(plain(title, LIMITS.header)),
      section(body),
      ...fields(factsOf(facts, richly(reader))),
      listed(rule.approvals, seatLines(facts, richly(reader))),
      listed(rule.changes, lines),
      ...actionsOf(facts, reader),
    ],
  };
}

/** What became of a change, in short: for whoever proposed it, and for the channel, where the first message is far up. */
export function renderRuleOver(facts: RuleChangeFacts, reader: Reader): Message {
  const { rule, card } = reader.words;
  const title = titleOf(facts, reader);
  const body = rule.bodies[facts.state];
  const said = factsOf(facts, plainly(reader)).flatMap(([label, value]) =>
    value === undefined ? [] : [card.line(label, value)],
  );
  return {
    text: cutEscaped([inert(title, 300), body, ...said].join('\n'), LIMITS.text),
    blocks: [
      header(plain(title, LIMITS.header)),
      section(body),
      ...fields(factsOf(facts, richly(reader))),
      { type: 'actions', elements: [detailsButton(facts, reader)] },
    ],
  };
}

/** All of a change: its facts, every sentence and every place of the file that differs. */
export function ruleChangeDetails(facts: RuleChangeFacts, reader: Reader): View {
  const { rule } = reader.words;
  return modalOf(reader, {
    callbackId: 'rule.details',
    title: rule.forms.details,
    blocks: [
      section(`*${inert(titleOf(facts, reader), 300)}*\n${rule.bodies[facts.state]}`),
      ...fields(factsOf(facts, richly(reader))),
      listed(rule.approvals, seatLines(facts, richly(reader))),
      ...differenceBlocks(facts, reader),
    ],
  });
}

/** The form of an approval: in which seat, what it is about, and a note. */
export function ruleApproveModal(
  facts: RuleChangeFacts,
  { roles, reader }: { readonly roles: readonly Role[]; readonly reader: Reader },
): View {
  const { rule } = reader.words;
  const form = rule.forms.approve;
  const seats = seatsFor(facts, roles).map((seat) =>
    option({ label: capital(rule.seats[seat]), value: seat }),
  );
  const [first] = seats;
  return modalOf(reader, {
    callbackId: 'rule.approve',
    title: form.title,
    submit: form.submit,
    metadata: pointerOf(facts),
    blocks: [
      section(`*${inert(titleOf(facts, reader), 300)}*`),
      ...fields(factsOf(facts, richly(reader))),
      ...differenceBlocks(facts, reader),
      ...(first === undefined
        ? []
        : [
            input('seat', form.seat, {
              element: { type: 'static_select', options: seats, initial_option: first },
              hint: form.seatHint,
            }),
          ]),
      input('note', form.note, {
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
      }),
    ],
  });
}

/** The form that ends a change: why. */
export function ruleRejectModal(facts: RuleChangeFacts, reader: Reader): View {
  const form = reader.words.rule.forms.reject;
  return modalOf(reader, {
    callbackId: 'rule.reject',
    title: form.title,
    submit: form.submit,
    metadata: pointerOf(facts),
    blocks: [
      section(`*${inert(titleOf(facts, reader), 300)}*`),
      ...fields(factsOf(facts, richly(reader))),
      why(reader, form.reasonHint),
    ],
  });
}

/** `Still to approve …`: a pending change in a line, for a list of rules. */
export const pendingChangeLine = (facts: RuleChangeFacts, writer: Writer): string => {
  const { rule } = writer.words;
  const open = SEATS.filter((seat) => facts.approvals.every((taken) => taken.seat !== seat));
  return rule.recon({
    version: facts.to,
    by: inert(facts.author.name, 200),
    until: writer.instant(facts.expiresAt),
    open: open.map((seat) => rule.seats[seat]).join(', '),
  });
};

/** Not yet escaped. */
const titleOf = ({ state, reconciliation }: RuleChangeFacts, { words }: Reader): string =>
  words.rule.titles[state](reconciliation);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const listed = (title: string, lines: readonly string[]): Block =>
  section(cutEscaped([`*${title}*`, ...lines.map((line) => `• ${line}`)].join('\n'), LIMITS.section));

function factsOf(facts: RuleChangeFacts, writer: Writer): (readonly [string, string | undefined])[] {
  const { labels, version, decided: decidedWords, clock } = writer.words.rule;
  const { author, reason, from, to, state, expiresAt, decided, note } = facts;
  return [
    [labels.by, inert(author.name, 200)],
    [labels.why, inert(reason, 900)],
    [labels.version, version({ from, to })],
    [labels.until, state === 'pending' ? writer.instant(expiresAt) : undefined],
    [
      labels.decided,
      decided && decidedWords({ who: inert(decided.byName ?? clock, 200), at: writer.instant(decided.at) }),
    ],
    [labels.note, note === undefined ? undefined : inert(note, 900)],
  ];
}

/** One line per seat: who took it and what they said, or who could. */
function seatLines(facts: RuleChangeFacts, writer: Writer): readonly string[] {
  const { rule } = writer.words;
  return SEATS.map((seat) => {
    const name = capital(rule.seats[seat]);
    const taken = facts.approvals.find((one) => one.seat === seat);
    if (!taken) {
      return facts.state === 'pending'
        ? rule.open({ seat: name, who: asked(facts.holders[seat], writer) })
        : rule.unfilled(name);
    }
    const line = rule.taken({ seat: name, name: inert(taken.name, 200), at: writer.instant(taken.at) });
    return taken.note === undefined ? line : `${line} · ${inert(taken.note, 300)}`;
  });
}

function asked(names: readonly string[], { words }: Reader): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => inert(name, 100));
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [words.rule.others(more)] : [])].join(', ');
}

/** What is said no longer and what is said newly; what no sentence tells is told by its place in the file. */
function changeLines(
  { difference: { sentences, places } }: RuleChangeFacts,
  reader: Reader,
): readonly string[] {
  const { rule } = reader.words;
  const told = sentences.flatMap(({ gone, come }) => [
    ...gone.map((sentence) => `_${rule.gone}:_ ${inert(sentence, SENTENCE)}`),
    ...come.map((sentence) => `_${rule.come}:_ ${inert(sentence, SENTENCE)}`),
  ]);
  return told.length > 0 ? told : placeLines(places, reader);
}

const placeLines = (places: RuleChangeFacts['difference']['places'], { words }: Reader): readonly string[] =>
  places.map(({ path, before, after }) =>
    words.rule.place({ path: inert(path, 200), before: quoted(before), after: quoted(after) }),
  );

const quoted = (text: string | null): string | null => (text === null ? null : inert(text, 300) || '—');

function differenceBlocks(facts: RuleChangeFacts, reader: Reader): readonly Block[] {
  const { rule } = reader.words;
  const { sentences, places } = facts.difference;
  const told = sentences.flatMap(({ title, gone, come }) => [
    section(`*${inert(title, 300)}*`),
    ...gone.map((sentence) => section(`_${rule.gone}:_ ${inert(sentence, 2_500)}`)),
    ...come.map((sentence) => section(`_${rule.come}:_ ${inert(sentence, 2_500)}`)),
  ]);
  const shown = told.slice(0, MOST_SECTIONS);
  const more = told.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [section(rule.cut(more))] : []),
    ...(places.length === 0 ? [] : [listed(rule.places, fitting(placeLines(places, reader), rule.cut))]),
  ];
}

/** As many lines as a section takes, and how many it does not. */
function fitting(lines: readonly string[], cut: (count: number) => string): readonly string[] {
  const room = LIMITS.section - 300;
  let used = 0;
  const kept = lines.filter((line) => {
    used += line.length + 3;
    return used <= room;
  });
  return kept.length === lines.length ? kept : [...kept, cut(lines.length - kept.length)];
}

const detailsButton = (facts: RuleChangeFacts, { words }: Reader): Block =>
  button('rule_details', words.card.buttons.details, { value: pointerOf(facts) });

function actionsOf(facts: RuleChangeFacts, reader: Reader): Block[] {
  const { approve, reject } = reader.words.card.buttons;
  const value = pointerOf(facts);
  const decisions =
    facts.state === 'pending'
      ? [
          button('rule_approve', approve, { value, style: 'primary' }),
          button('rule_reject', reject, { value, style: 'danger' }),
        ]
      : [];
  return [{ type: 'actions', elements: [...decisions, detailsButton(facts, reader)] }];
}
