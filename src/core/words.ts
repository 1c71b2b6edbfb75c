/** Shipped words of the built-in exception types, in English; a spec's own `raise` words are shown with spaces. */
export const TYPE_WORDS = {
  amount_differs: {
    title: 'Amount differs',
    suggestion: 'Compare both documents; correct the wrong one at its source, or agree a credit.',
  },
  currency_differs: {
    title: 'Currency differs',
    suggestion: 'Find out which currency was agreed and have the other document reissued.',
  },
  fields_differ: {
    title: 'Records disagree',
    suggestion: 'Compare what both records say, and correct the wrong one at its source.',
  },
  too_late: {
    title: 'Came too late',
    suggestion:
      'Decide whether this still answers what was expected; agree it with both sides before it is paid.',
  },
  missing_invoice: {
    title: 'Missing invoice',
    suggestion: 'Ask the vendor for the invoice, or cancel the order if nothing was delivered.',
  },
  missing_actual: {
    title: 'Nothing on the actual side',
    suggestion: 'Ask whoever should have billed or delivered for the missing document.',
  },
  missing_expected: {
    title: 'Nothing on the expected side',
    suggestion: 'Find who ordered this; do not pay before an order exists.',
  },
  unordered_charge: {
    title: 'Charge without an order',
    suggestion: 'Find who ordered this; do not pay before an order exists.',
  },
  duplicate_invoice: {
    title: 'Duplicate invoice',
    suggestion: 'Have the vendor void one of them; pay only one.',
  },
  duplicate: {
    title: 'Duplicate',
    suggestion: 'Keep one record and have the others voided at their source.',
  },
};

export type KnownType = keyof typeof TYPE_WORDS;

export const isKnownType = (type: string): type is KnownType => Object.hasOwn(TYPE_WORDS, type);

/** A type without words of its own, as it is written, with spaces: `Goodwill over limit`. */
export function spelledOut(type: string): string {
  const words = type.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The heading of an exception type in English: `Missing invoice`. For programs and the command line. */
export const typeTitle = (type: string): string =>
  isKnownType(type) ? TYPE_WORDS[type].title : spelledOut(type);
