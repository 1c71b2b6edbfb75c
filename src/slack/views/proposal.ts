import { holdLabel } from '../../core/hold.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { entryLabel, type ProposalFacts, RELEASE_REASONS } from '../../core/proposal.ts';
import { type Block, button, fields, header, LIMITS, type Message, section, type View } from './blocks.ts';
import { codeWords } from './code-words.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import { modalOf, why } from './modal-parts.ts';
import { moneyFor, type Reader } from './reader.ts';
import { typeTitle } from './type-words.ts';

/** A message that asks for a decision, or says what was decided: what, by whom, why, and until when it can be. */
export function renderProposal(facts: ProposalFacts, reader: Reader): Message {
  const { proposal, card } = reader.words;
  const title = proposal.titles[facts.state](subjectOf(facts, reader));
  const body = bodyOf(facts, reader);
  const said = factsOf(facts, plainly(reader)).flatMap(([label, value]) =>
    value === undefined ? [] : [card.line(label, value)],
  );
  return {
    text: cutEscaped([inert(title, 300), body, ...said].join('\n'), LIMITS.text),
    blocks: [
      header(plain(title, LIMITS.header)),
      section(body),
      ...fields(factsOf(facts, richly(reader))),
      ...actionsOf(facts, reader),
    ],
  };
}

/** The form that asks why it is sent back, or taken back. */
export function proposalRejectModal(facts: ProposalFacts, reader: Reader): View {
  const { reject } = reader.words.modal;
  return modalOf(reader, {
    callbackId: 'proposal_reject',
    title: reject.title(labelOf(facts)),
    submit: reject.submit,
    metadata: JSON.stringify({ v: 1, id: facts.proposalId, version: 1 }),
    blocks: [
      section(
        cutEscaped(
          [
            `*${inert(subjectOf(facts, reader), 300)}*`,
            ...factsOf(facts, richly(reader)).flatMap(([label, value]) =>
              value === undefined ? [] : [reader.words.card.line(label, value)],
            ),
          ].join('\n'),
          LIMITS.section,
        ),
      ),
      why(reader, reject.reasonHint),
    ],
  });
}

const labelOf = ({ exception, holdNumber, entryNumber }: ProposalFacts): string => {
  if (holdNumber !== undefined) return holdLabel(holdNumber);
  if (entryNumber !== undefined) return entryLabel(entryNumber);
  return exception === undefined ? '' : exceptionLabel(exception.number);
};

/** `EX-12 adjustment, $80.00`; not yet escaped. */
function subjectOf(facts: ProposalFacts, reader: Reader): string {
  const { words } = reader;
  const amount =
    facts.amount === undefined ? words.hold.everything : moneyFor(facts.amount, reader, facts.amountTag);
  return `${labelOf(facts)} ${words.proposal.kinds[facts.kind]}, ${amount}`;
}

function bodyOf({ state, kind, byName }: ProposalFacts, { words }: Reader): string {
  if (state === 'open') return words.proposal.ask(inert(byName, 200));
  return state === 'approved' ? words.proposal.done[kind] : words.proposal.nothing;
}

function factsOf(facts: ProposalFacts, writer: Writer): (readonly [string, string | undefined])[] {
  const { labels, clock, decided: decidedWords } = writer.words.proposal;
  const { exception, decided, evidence } = facts;
  const text = (value: string | undefined, limit: number): string | undefined =>
    value === undefined ? undefined : inert(value, limit);
  return [
    [
      labels.what,
      exception && `${exceptionLabel(exception.number)} ${inert(typeTitle(exception.type, writer), 200)}`,
    ],
    [labels.by, inert(facts.byName, 200)],
    [labels.reason, reasonWords(facts.kind, facts.reasonCode, writer)],
    [labels.period, facts.originalPeriod],
    [labels.client, text(facts.client, 200)],
    [labels.order, text(facts.orderRef, 200)],
    [labels.payee, text(facts.payee, 200)],
    [labels.evidence, text(evidence, 600)],
    [labels.note, text(facts.note, 900)],
    [labels.until, decided === undefined ? writer.instant(facts.expiresAt) : undefined],
    [
      labels.decided,
      decided && decidedWords({ who: inert(decided.byName ?? clock, 200), at: writer.instant(decided.at) }),
    ],
    [labels.why, text(decided?.note, 900)],
  ];
}

type ShippedReason = (typeof RELEASE_REASONS)[number];
const isShipped = (code: string): code is ShippedReason =>
  (RELEASE_REASONS as readonly string[]).includes(code);

const reasonWords = (kind: ProposalFacts['kind'], code: string, reader: Reader): string =>
  kind === 'release' && isShipped(code) ? reader.words.proposal.reasons[code] : codeWords(code, reader);

/** What settles an exception is approved as its card's button does; what is about a hold or an entry by itself. */
function actionsOf(facts: ProposalFacts, { words }: Reader): Block[] {
  const { approve, reject, details } = words.card.buttons;
  const { exception, kind, proposalId, state } = facts;
  const isBooking = kind === 'adjustment' || kind === 'write_off';
  const prefix = isBooking ? '' : 'proposal_';
  const ofException = exception && JSON.stringify({ v: 1, id: exception.id, version: exception.version });
  const value = isBooking ? ofException : JSON.stringify({ v: 1, id: proposalId, version: 1 });
  const elements = [
    ...(state === 'open' && value !== undefined
      ? [
          button(`${prefix}approve`, approve, { value, style: 'primary' }),
          button(`${prefix}reject`, reject, { value, style: 'danger' }),
        ]
      : []),
    ...(ofException === undefined ? [] : [button('details', details, { value: ofException })]),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}
