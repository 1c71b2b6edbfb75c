/** Shipped words of the built-in exception types; a spec's own `raise` words are shown with spaces. */
const TYPE_WORDS: Readonly<Record<string, { readonly title: string; readonly suggestion: string }>> = {
  amount_differs: {
    title: 'Amount differs',
    suggestion: 'Compare both documents; correct the wrong one at its source, or agree a credit.',
  },
  currency_differs: {
    title: 'Currency differs',
    suggestion: 'Find out which currency was agreed and have the other document reissued.',
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

/** The heading of an exception type in words: `Missing invoice`. */
export function typeTitle(type: string): string {
  const known = Object.hasOwn(TYPE_WORDS, type) ? TYPE_WORDS[type] : undefined;
  if (known) return known.title;
  const words = type.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the owner would usually do next; undefined for a type that ships no suggestion. */
export const suggestedAction = (type: string): string | undefined =>
  Object.hasOwn(TYPE_WORDS, type) ? TYPE_WORDS[type]?.suggestion : undefined;
