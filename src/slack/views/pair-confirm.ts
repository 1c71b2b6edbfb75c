import type { CardFacts } from '../../core/card.ts';
import type { Document } from '../../core/explanation.ts';
import { exceptionLabel } from '../../core/ids.ts';
import type { Status } from '../../core/lifecycle.ts';
import { type Money, magnitude } from '../../core/money.ts';
import type { ResolutionCode } from '../../core/organisation.ts';
import { codesFor } from '../../core/resolve.ts';
import type { Severity } from '../../core/severity.ts';
import type { Side } from '../../core/spec.ts';
import { type Block, input, LIMITS, option, plainText, section, type View } from './blocks.ts';
import { buttonValue } from './card.ts';
import { codeLabel } from './code-words.ts';
import { inert, plain } from './escape.ts';
import { modalOf, summary } from './modal-parts.ts';
import { tellModal } from './modals.ts';
import { listed } from './pair.ts';
import { listOf, moneyFor, moneyOrNone, type Reader } from './reader.ts';
import { typeTitle } from './type-words.ts';

/** What a match would come to, to be confirmed. */
export type Confirming = {
  /** The ids that were chosen. */
  readonly with: readonly string[];
  readonly documents: readonly Document[];
  readonly sums: Readonly<Record<Side, Money | undefined>>;
  /** What the rules would raise about it. */
  readonly raises: { readonly type: string; readonly severity: Severity } | undefined;
  readonly leaves: readonly Document[];
  readonly codes: readonly ResolutionCode[];
};

const NAMED = 6;

/** The form that shows what a match would come to, and asks why it is one and what becomes of a difference. */
export function matchConfirmModal(facts: CardFacts, confirming: Confirming, reader: Reader): View {
  const { modal, pair } = reader.words;
  const words = pair.confirm;
  // What books for the ledger is for Resolve, which knows limits and who has to agree.
  const codes = codesFor(confirming.codes, facts.type).filter(
    ({ code, books }) => books === undefined && code.length <= LIMITS.optionValue,
  );
  if (codes.length === 0) {
    const type = inert(typeTitle(facts.type, reader), 200);
    return tellModal(reader, { title: modal.resolve.plainTitle, words: modal.resolve.noCode(type) });
  }
  const options = codes
    .slice(0, LIMITS.options)
    .map(({ code, label }) => ({ label: plain(codeLabel(label, reader), LIMITS.optionText), value: code }));
  return modalOf(reader, {
    callbackId: 'match_confirm',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: JSON.stringify({ ...JSON.parse(buttonValue(facts)), with: confirming.with }),
    blocks: [
      summary(facts, reader),
      listed(words.together, confirming.documents, reader),
      section(outcome(confirming, reader)),
      input('code', words.code, {
        element: {
          type: 'static_select',
          placeholder: plainText(modal.resolve.chooseCode),
          options: options.map(option),
        },
      }),
      ...(confirming.raises ? [residual(reader)] : []),
      input('note', modal.note, {
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
        hint: modal.resolve.noteHint,
      }),
      input('evidence', modal.resolve.evidence, {
        optional: true,
        element: { type: 'url_text_input', placeholder: plainText('https://…') },
        hint: modal.resolve.evidenceHint,
      }),
    ],
  });
}

function outcome({ sums, raises, leaves }: Confirming, reader: Reader): string {
  const { card, details, pair } = reader.words;
  const { expected, actual } = sums;
  const difference = differenceOf(expected, actual);
  const amounts =
    expected === undefined && actual === undefined
      ? []
      : [
          `${details.expected(moneyOrNone(expected, reader))} · ${details.actual(moneyOrNone(actual, reader))}`,
        ];
  const refs = leaves.slice(0, NAMED).map(({ sourceRef }) => inert(sourceRef, 120));
  return [
    ...amounts,
    ...(difference === undefined ? [] : [pair.confirm.differs(moneyFor(difference, reader))]),
    raises
      ? pair.confirm.raises({
          type: inert(typeTitle(raises.type, reader), 200),
          severity: card.severity[raises.severity],
        })
      : pair.confirm.fits,
    ...(refs.length === 0 ? [] : [pair.confirm.ends(listOf(refs, reader))]),
  ].join('\n');
}

function differenceOf(expected: Money | undefined, actual: Money | undefined): Money | undefined {
  if (!expected || !actual || expected.minor === actual.minor) return undefined;
  return { minor: magnitude(actual.minor - expected.minor), currency: actual.currency };
}

function residual({ words }: Reader): Block {
  const { confirm } = words.pair;
  const stays = option({ label: confirm.stays, value: 'stays' });
  return input('residual', confirm.residual, {
    element: {
      type: 'radio_buttons',
      initial_option: stays,
      options: [stays, option({ label: confirm.explained, value: 'explained' })],
    },
  });
}

/** What a decision about pairs did to its exception and to others. */
export type PairDone = {
  readonly number: number;
  readonly status: Status;
  readonly also: readonly { readonly number: number; readonly how: 'open' | 'update' | 'reopen' | 'clear' }[];
};

const TOLD = 20;

/** Tells what was done, instead of the form. */
export function pairDoneModal({ number, status, also }: PairDone, reader: Reader): View {
  const { done } = reader.words.pair;
  const is = done.is({
    label: exceptionLabel(number),
    status: reader.words.status[status].toLowerCase(),
  });
  const others = also.slice(0, TOLD).map((one) => done.also[one.how](exceptionLabel(one.number)));
  const more = also.length > TOLD ? [`… +${also.length - TOLD}`] : [];
  return tellModal(reader, { title: done.title, words: [is, ...others, ...more].join('\n') });
}
