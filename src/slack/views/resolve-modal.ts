import { isPeriod, limitOf, periodsBefore, reasonsFor } from '../../core/adjust.ts';
import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { type Money, magnitude, toDecimal } from '../../core/money.ts';
import { BOOKINGS, type MoneySettings, type ResolutionCode, type Role } from '../../core/organisation.ts';
import { codesFor } from '../../core/resolve.ts';
import { type Block, input, LIMITS, option, plainText, type View } from './blocks.ts';
import { codeLabel } from './code-words.ts';
import { inert, plain } from './escape.ts';
import { modalOf, privateMetadata, select, summary } from './modal-parts.ts';
import { tellModal } from './modals.ts';
import { moneyFor, type Reader } from './reader.ts';
import { typeTitle } from './type-words.ts';
import { differenceOf } from './words.ts';

export type Resolving = {
  readonly codes: readonly ResolutionCode[];
  readonly money: MoneySettings;
  /** Whoever fills it in. */
  readonly person: { readonly key?: string | undefined; readonly roles: readonly Role[] };
  /** Months: the one that its documents are of, and the current one. */
  readonly period: string;
  readonly currentPeriod: string;
  readonly reader: Reader;
};

/** The form that closes an exception: code, note, amount, evidence; reason code and month where a code books an entry. */
export function resolveModal(facts: CardFacts, resolving: Resolving): View {
  const { codes, reader } = resolving;
  const { modal } = reader.words;
  const words = modal.resolve;
  const usable = codesFor(codes, facts.type).filter(({ code }) => code.length <= LIMITS.optionValue);
  if (usable.length === 0) {
    const type = inert(typeTitle(facts.type, reader), 200);
    return tellModal(reader, { title: words.plainTitle, words: words.noCode(type) });
  }
  const options = usable
    .slice(0, LIMITS.options)
    .map(({ code, label }) => ({ label: plain(codeLabel(label, reader), 75), value: code }));
  const needs = (what: 'note' | 'amount' | 'evidence', otherwise: string): Hint =>
    neededFor(
      usable.filter((code) => code[what] === 'required'),
      { reader, otherwise },
    );
  const booking = usable.filter(({ books }) => books !== undefined);
  return modalOf(reader, {
    callbackId: 'resolve',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts, reader),
      input('code', words.code, { element: select(words.chooseCode, options) }),
      input('note', modal.note, {
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
        ...needs('note', words.noteHint),
      }),
      input('amount', words.amount(facts.atStake.currency), {
        optional: true,
        element: { type: 'plain_text_input', initial_value: suggestedAmount(facts), max_length: 30 },
        ...needs('amount', [words.amountHint, ...limitHint(facts, booking, resolving)].join(' ')),
      }),
      ...(booking.length === 0 ? [] : bookingInputs(booking, resolving)),
      input('evidence', words.evidence, {
        optional: true,
        element: { type: 'url_text_input', placeholder: plainText('https://…') },
        ...needs('evidence', words.evidenceHint),
      }),
    ],
  });
}

type Hint = { readonly hint: string };

/** For which codes an input is needed, and what to put there. */
const neededFor = (
  codes: readonly ResolutionCode[],
  { reader, otherwise }: { reader: Reader; otherwise: string },
): Hint => {
  const labels = codes.map(({ label }) => codeLabel(label, reader)).join(', ');
  const { modal } = reader.words;
  return { hint: plain(labels === '' ? otherwise : modal.neededFor(labels, otherwise), 500) };
};

function bookingInputs(booking: readonly ResolutionCode[], resolving: Resolving): Block[] {
  const { reader } = resolving;
  const { reasonHint, periodHint } = reader.words.modal.resolve;
  return [
    ...reasonInput(resolving, neededFor(booking, { reader, otherwise: reasonHint })),
    periodInput(resolving, neededFor(booking, { reader, otherwise: periodHint })),
  ];
}

/** How much the person may book alone, where the codes of the form agree on it. */
function limitHint(
  facts: CardFacts,
  booking: readonly ResolutionCode[],
  { money, person, reader }: Resolving,
): string[] {
  const { currency } = facts.atStake;
  const limits = booking.map(({ books }) =>
    books === undefined ? undefined : limitOf(money.limits, person, { books, currency }),
  );
  const [first] = limits;
  if (first === undefined || limits.some((limit) => limit !== first)) return [];
  const most: Money = { minor: first, currency };
  return [reader.words.modal.resolve.limitHint(moneyFor(most, reader, facts.amountTag))];
}

function reasonInput({ money, reader }: Resolving, hint: Hint): Block[] {
  const known = BOOKINGS.flatMap((books) => reasonsFor(money.reasonCodes, books));
  const options = [...new Map(known.map((one) => [one.code, one])).values()]
    .slice(0, LIMITS.options)
    .map(({ code, label }) => ({ label: plain(label, 75), value: code }));
  if (options.length === 0) return [];
  const words = reader.words.modal.resolve;
  const element = select(words.chooseReason, options);
  return [input('reason', words.reason, { optional: true, element, ...hint })];
}

/** Two years back is as far as anybody corrects; an older exception brings its own month along. */
const MONTHS = 24;

function periodInput({ period, currentPeriod, reader }: Resolving, hint: Hint): Block {
  const words = reader.words.modal.resolve;
  const months = Array.from({ length: MONTHS }, (_, back) => periodsBefore(currentPeriod, back));
  const own = isPeriod(period) && period < currentPeriod ? period : currentPeriod;
  const shown = months.includes(own) ? months : [...months, own];
  const chosen = { label: own, value: own };
  const element = {
    ...select(
      words.period,
      shown.map((month) => ({ label: month, value: month })),
    ),
    initial_option: option(chosen),
  };
  return input('period', words.period, { optional: true, element, ...hint });
}

function suggestedAmount(facts: CardFacts): string {
  const difference = differenceOf(facts) ?? facts.atStake;
  return toDecimal({ minor: magnitude(difference.minor), currency: difference.currency });
}
