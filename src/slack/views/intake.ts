import { type Decision, LONGEST_NOTE, REASON_CODES } from '../../core/intake/decision.ts';
import type { DeliveryFacts, KeptOut } from '../../core/intake/delivery-facts.ts';
import { type Finding, has } from '../../core/intake/finding.ts';
import type { Money } from '../../core/money.ts';
import {
  type Block,
  type ButtonStyle,
  button,
  fields,
  header,
  input,
  LIMITS,
  type Message,
  option,
  plainText,
  section,
  type View,
} from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import { moneyFor, type Reader } from './reader.ts';

/** What a button about a delivery carries: a hint where to look, never a permission. */
const pointerOf = ({ deliveryId, version }: DeliveryFacts): string =>
  JSON.stringify({ v: 1, id: deliveryId, version });

/** More lines than a person reads; the others are on the record. */
const MOST_FINDINGS = 12;

/** A delivery that is not as usual: what differs, what it means for its rows, who decided, and what can be done. */
export function renderDelivery(facts: DeliveryFacts, reader: Reader, keptOut?: KeptOut): Message {
  const { intake } = reader.words;
  const state = stateOf(facts, keptOut);
  const title = intake.titles[state];
  const lines = [...differences(facts, reader), ...keptOutLines(facts, reader, keptOut)];
  const told = (writer: Writer): readonly (readonly [string, string | undefined])[] => factsOf(facts, writer);
  const text = [
    title(inert(facts.feed, 100)),
    ...lines,
    intake.bodies[state],
    ...told(plainly(reader)).flatMap(([label, value]) =>
      value === undefined ? [] : [reader.words.card.line(label, value)],
    ),
  ];
  const actions = buttonsOf(facts, reader);
  return {
    text: cutEscaped(text.join('\n'), LIMITS.text),
    blocks: [
      header(plain(title(facts.feed), LIMITS.header)),
      ...(lines.length === 0
        ? []
        : [section(cutEscaped(lines.map((line) => `• ${line}`).join('\n'), LIMITS.section))]),
      section(intake.bodies[state]),
      ...fields(told(richly(reader))),
      ...(actions.length === 0 ? [] : [{ type: 'actions', elements: actions }]),
    ],
  };
}

/** What a message about a delivery speaks of: one that was decided about and is taken says something else than one that never waited. */
function stateOf(
  { status, decidedAt }: DeliveryFacts,
  keptOut: KeptOut | undefined,
): keyof Reader['words']['intake']['titles'] {
  if (status !== 'accepted') return status;
  if (decidedAt !== null) return 'taken';
  return keptOut === undefined ? 'accepted' : 'partly';
}

/** More reasons than a person reads. */
const MOST_REASONS = 5;

/** How many of its rows were kept out, why, and where to look first; a delivery that was refused for them says so in its problem. */
function keptOutLines(
  { findings, problem, rowsRead }: DeliveryFacts,
  reader: Reader,
  keptOut: KeptOut | undefined,
): readonly string[] {
  if (keptOut === undefined || (problem !== null && findings.length === 0)) return [];
  const { words, locale } = reader;
  const { rows, first } = keptOut;
  const reasons = keptOut.reasons
    .slice(0, MOST_REASONS)
    .map(({ reason, rows: each }) => `${inert(reason, 60)} ${each.toLocaleString(locale)}`);
  const more = keptOut.reasons.length - reasons.length;
  const why = more > 0 ? [...reasons, `${words.notice.and} ${words.notice.more(more)}`] : reasons;
  return [
    words.intake.keptOut({ rows: figure(rows, reader), of: figure(rowsRead, reader), why: why.join(', ') }),
    words.intake.firstOut({ line: figure(first.line, reader), detail: inert(first.detail, 500) }),
  ];
}

function differences({ findings, problem }: DeliveryFacts, reader: Reader): readonly string[] {
  if (findings.length === 0) return problem === null ? [] : [inert(problem, 1_000)];
  const lines = findings.slice(0, MOST_FINDINGS).map((finding) => findingLine(finding, reader));
  const more = findings.length - lines.length;
  return more > 0 ? [...lines, `${reader.words.notice.and} ${reader.words.notice.more(more)}`] : lines;
}

type Words = Reader['words']['intake']['findings'];
type Said = { readonly reader: Reader; readonly words: Words };

const quoted = (text: string): string => inert(text, 120);
const listed = (texts: readonly string[]): string => inert(texts.join(', '), 300);
const figure = (value: number, { locale }: Reader): string => Math.round(value).toLocaleString(locale);
const money = (minor: string, currency: string): Money => ({ minor: BigInt(minor), currency });

const FINDINGS: {
  readonly [K in Finding['kind']]: (finding: Extract<Finding, { kind: K }>, said: Said) => string;
} = {
  column_added: ({ column }, { words }) => words.column_added({ column: quoted(column) }),
  column_removed: ({ column, fields: read }, { words }) =>
    read.length === 0
      ? words.column_unread({ column: quoted(column) })
      : words.column_removed({ column: quoted(column), fields: listed(read) }),
  column_retyped: ({ column, fields: read }, { words }) =>
    words.column_retyped({ column: quoted(column), fields: listed(read) }),
  field_unreadable: ({ field, rows, of }, { words }) =>
    words.field_unreadable({ field: quoted(field), rows, of }),
  key_changed: ({ column, how }, { words }) =>
    how === 'removed'
      ? words.key_removed({ column: quoted(column) })
      : words.key_retyped({ column: quoted(column) }),
  key_not_unique: ({ key, rows, of }, { words }) => words.key_not_unique({ key: listed(key), rows, of }),
  contract_key_changed: ({ from, to }, { words }) =>
    words.contract_key_changed({ from: listed(from), to: listed(to) }),
  blanks: ({ column, now, usual }, { words }) => words.blanks({ column: quoted(column), now, usual }),
  new_words: ({ column, words: fresh }, { words }) =>
    words.new_words({ column: quoted(column), words: listed(fresh) }),
  volume: ({ now, usual }, { words, reader }) =>
    words.volume({ now: figure(now, reader), usual: figure(usual, reader) }),
  value: ({ currency, now, usual }, { words, reader }) =>
    words.value({
      now: moneyFor(money(now, currency), reader),
      usual: moneyFor(money(usual, currency), reader),
    }),
  empty: ({ usual }, { words, reader }) => words.empty({ usual: figure(usual, reader) }),
};

function findingLine(finding: Finding, reader: Reader): string {
  const say = FINDINGS[finding.kind] as (finding: Finding, said: Said) => string;
  return say(finding, { reader, words: reader.words.intake.findings });
}

function factsOf(facts: DeliveryFacts, writer: Writer): readonly (readonly [string, string | undefined])[] {
  const { labels } = writer.words.intake;
  const sums = Object.entries(facts.amounts).map(([currency, minor]) =>
    moneyFor(money(minor, currency), writer),
  );
  return [
    [labels.delivery, inert(facts.name, 200)],
    [labels.received, writer.instant(facts.receivedAt)],
    [labels.rows, facts.rowsRead === 0 ? undefined : figure(facts.rowsRead, writer)],
    [labels.sums, sums.length === 0 ? undefined : sums.slice(0, 5).join(', ')],
    [labels.decided, decidedLine(facts, writer)],
  ];
}

function decidedLine(facts: DeliveryFacts, writer: Writer): string | undefined {
  const { decidedAt, reasonCode, decidedBy, note, status } = facts;
  if (decidedAt === null || reasonCode === null) return undefined;
  const { decided, codes, operator } = writer.words.intake;
  const decision = status === 'rejected' ? 'reject' : status === 'held' ? 'hold' : 'release';
  const code = Object.hasOwn(codes, reasonCode) ? codes[reasonCode] : inert(reasonCode, 60);
  const why = note === null ? code : `${code} · ${inert(note, 1_000)}`;
  return decided[decision]({ who: inert(decidedBy ?? operator, 200), at: writer.instant(decidedAt), why });
}

type Offer = {
  readonly decision: Decision;
  readonly label: keyof Reader['words']['intake']['buttons'];
  readonly style: ButtonStyle;
};

const ACCEPT: Offer = { decision: 'release', label: 'accept', style: 'primary' };
const RELEASE: Offer = { decision: 'release', label: 'release', style: 'primary' };
const HOLD: Offer = { decision: 'hold', label: 'hold', style: undefined };
const REJECT: Offer = { decision: 'reject', label: 'reject', style: 'danger' };

/** A change of columns is accepted or held, figures are released or rejected; what is decided is decided. */
function offersOf({ status, findings, isKept }: DeliveryFacts): readonly Offer[] {
  const isBreaking = has(findings, 'breaking');
  if (status === 'held') return isBreaking ? [ACCEPT, HOLD, REJECT] : [RELEASE, REJECT];
  return status === 'quarantined' && isKept && isBreaking ? [ACCEPT, HOLD] : [];
}

const buttonsOf = (facts: DeliveryFacts, { words }: Reader): Block[] =>
  offersOf(facts).map(({ decision, label, style }) =>
    button(`delivery_${decision}`, words.intake.buttons[label], { value: pointerOf(facts), style }),
  );

/** The form that asks why. */
export function decisionModal(
  facts: DeliveryFacts,
  { decision, reader }: { decision: Decision; reader: Reader },
): View {
  const { intake, modal } = reader.words;
  const form = intake.forms[decision];
  const lines = [`*${inert(facts.feed, 100)} · ${inert(facts.name, 200)}*`, ...differences(facts, reader)];
  return {
    type: 'modal',
    callback_id: `delivery_${decision}`,
    title: plainText(plain(form.title, LIMITS.viewTitle)),
    submit: plainText(form.submit),
    close: plainText(modal.cancel),
    private_metadata: pointerOf(facts),
    blocks: [
      section(cutEscaped(lines.join('\n'), LIMITS.section)),
      section(form.text),
      input('code', intake.code, {
        element: {
          type: 'static_select',
          placeholder: plainText(intake.chooseCode),
          options: REASON_CODES[decision].map((code) => option({ label: intake.codes[code], value: code })),
        },
      }),
      input('note', intake.note, {
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: LONGEST_NOTE },
        hint: intake.noteHint,
      }),
    ],
  };
}
