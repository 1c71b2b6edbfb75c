/**
 * Why documents are paired or not. References, amounts, shares and days that are passed in are written for the reader and
 * escaped already. A bit is explained by `bits`; labels of levels are those that comparisons give.
 */
export const why = {
  title: 'Why, and why not',
  paired: 'Why these belong together',
  alone: (document: string) => `Why ${document} has no partner`,
  byHand: (to: { name: string; at: string }) => `${to.name} matched them by hand, ${to.at}.`,
  byKeys: (to: { pass: string; fields: string | undefined }) =>
    to.fields === undefined
      ? `Their keys are equal (${to.pass}).`
      : `They have the same ${to.fields} (${to.pass}).`,
  bySet: (pass: string) => `Together they add up to the cent, and nothing else does (${pass}).`,
  weighed: (to: { pass: string; likely: string; ahead: string }) =>
    `They agree in what tells documents apart (${to.pass}): ${to.likely} likely, ${to.ahead} ahead of the next candidate.`,
  repeats: 'These documents repeat each other. The first takes part in matching, the others stay out of it.',
  noCandidates: 'Nothing on the other side came close.',
  unweighed: 'No rule of this reconciliation weighs documents without a common key.',
  nearby: 'Nearest of those without a partner, for a person to judge:',
  nobodyNear: 'Nothing near it on the other side is without a partner.',
  bits: 'One bit more doubles the odds that two documents belong together; a minus speaks against it.',
  bit: (text: string, value: number) => `${text} ${value === 1 ? 'bit' : 'bits'}`,
  prior: 'before comparing anything',
  together: 'together',
  over: (share: string) => `over ${share}`,
  under: (share: string) => `below ${share}`,
  likely: (share: string) => `${share} likely`,
  levels: {
    'no value': 'no value',
    'same value': 'same value',
    'another value': 'another value',
    'no day': 'no day',
    'same day': 'same day',
    'one day later': 'one day later',
    'up to 2 days later': 'up to 2 days later',
    'up to 3 days later': 'up to 3 days later',
    'up to 4 days later': 'up to 4 days later',
    'up to 7 days later': 'up to 7 days later',
    'up to 10 days later': 'up to 10 days later',
    'up to 30 days later': 'up to 30 days later',
    'earlier, or more than 30 days later': 'earlier, or more than 30 days later',
    'no amount': 'no amount',
    'same amount': 'same amount',
    'amounts within 0.01 %': 'amounts within 0.01 %',
    'amounts within 1 %': 'amounts within 1 %',
    'amounts within 2 %': 'amounts within 2 %',
    'amounts within 3 %': 'amounts within 3 %',
    'amounts within 5 %': 'amounts within 5 %',
    'amounts within 10 %': 'amounts within 10 %',
    'amounts within 30 %': 'amounts within 30 %',
    'amounts far apart': 'amounts far apart',
    'no reference': 'no reference',
    'same reference': 'same reference',
    'one reference stands in the other text': 'one reference stands in the other text',
    'same digits': 'same digits',
    'same last digits': 'same last digits',
    'reference one slip apart': 'reference one slip apart',
    'different reference': 'different reference',
    'no text': 'no text',
    'same text': 'same text',
    'same short text': 'same short text',
    'one is the other cut off': 'one is the other cut off',
    'one is the other cut off short': 'one is the other cut off short',
    'same words in another order': 'same words in another order',
    'same words, some by their first letter': 'same words, some by their first letter',
    'all words of one stand in the other': 'all words of one stand in the other',
    'same first 9 letters': 'same first 9 letters',
    'same first 6 letters': 'same first 6 letters',
    'one or two letters apart': 'one or two letters apart',
    'half of the words are the same': 'half of the words are the same',
    'same first 3 letters': 'same first 3 letters',
    'different text': 'different text',
  },
  not: {
    suggested: (to: { short: string }) =>
      `Likely, but not certain enough for a machine: ${to.short}. A person can confirm it.`,
    unlikely: (to: { is: string; needed: string }) => `${to.is} likely where ${to.needed} is needed`,
    close: (to: { is: string; needed: string }) =>
      `${to.is} ahead of the next candidate where ${to.needed} are needed`,
    nameless: 'no name or reference agrees',
    and: ', and ',
    ambiguous: (to: { likely: string }) =>
      `Another candidate is as good (this one is ${to.likely} likely), so nothing was guessed. A reference on either document would decide.`,
    competition: 'It belongs better to another document. It would take that pair being wrong.',
    below: (to: { likely: string; weight: string; against: string | undefined }) =>
      `Not likely enough: ${to.likely} (${to.weight}).${to.against === undefined ? '' : ` What speaks most against it: ${to.against}.`}`,
    wouldPair: (limits: string) => `It would pair if ${limits}.`,
    wouldBeProposed: (limits: string) => `It would be proposed to a person if ${limits}.`,
    amountLimit: (to: { allowed: string; is: string }) =>
      `the amounts were within ${to.allowed}; they are ${to.is} apart`,
    currencyLimit: (to: { expected: string; actual: string }) =>
      `both were in one currency; they are in ${to.expected} and ${to.actual}`,
    daysLimit: (to: { from: number; to: number; is: number }) =>
      `it were dated ${to.from} to ${to.to} days after the expected document; it is ${to.is} days after`,
    withinLimit: (to: { field: string; expected: string; actual: string }) =>
      `${to.field} were the same; it is “${to.expected}” and “${to.actual}”`,
    limits: 'it were inside the limits of the rules',
  },
  keys: {
    empty_key: (to: { fields: string }) => `It has no ${to.fields}. With one it could be found.`,
    nobody: (to: { fields: string }) =>
      `Nothing on the other side has its ${to.fields}. It takes a document with the same, or this one corrected.`,
    other_currency: (to: { ref: string; own: string; other: string }) =>
      `${to.ref} agrees in all but the currency: ${to.own} here, ${to.other} there.`,
    other_amount: (to: { ref: string; amount: string }) =>
      `${to.ref} agrees in all but the amount, which is ${to.amount} there.`,
    removed: (to: { ref: string }) => `${to.ref} has its key, but its source took it back.`,
    left_out: (to: { ref: string }) => `${to.ref} has its key, but the rules leave it out.`,
    kept_apart: (to: { ref: string }) => `${to.ref} has its key, but a person keeps the two apart.`,
    later: (to: { ref: string; on: string }) =>
      `${to.ref} has its key, but is dated ${to.on}: later than the last run looked.`,
    taken: (to: { ref: string; with: string }) =>
      `${to.ref} has its key, but is matched with ${to.with}. It would take that match being wrong.`,
    too_far: (to: { ref: string; days: number; from: number; to: number }) =>
      `${to.ref} has its key, but is dated ${to.days} days after the expected document; ${to.from} to ${to.to} days are allowed.`,
    ambiguous_key: (to: { expected: number; actual: number; of: string }) =>
      `The key is not unique: ${to.expected} on the expected side and ${to.actual} on the actual side have it (one is ${to.of}), and the rule takes no such group. A reference that tells them apart would decide.`,
    too_many: (to: { records: number; most: number }) =>
      `${to.records} documents have its key; more than ${to.most} are not put together.`,
    beyond_tolerance: (to: { ref: string; tolerance: string }) =>
      `${to.ref} has its key, but the amounts are not within what this rule takes (${to.tolerance}).`,
    no_set: (to: { from: number; most: number }) =>
      `Of ${to.from} to choose from, no ${to.most} or fewer add up to it to the cent.`,
    several_sets: (to: { sets: string }) =>
      `More than one set adds up to it: ${to.sets}. Taking one apart from the others is for a person.`,
    set_wanted: (to: { set: string }) => `${to.set} add up to it, but another document needs them too.`,
    bound_exceeded: (to: { from: number; most: number }) =>
      `${to.from} to choose from; sets are searched among ${to.most} at most, so this was not looked at.`,
    next_run: (to: { ref: string }) => `${to.ref} has its key by now. The next run looks at it.`,
  },
  setOr: ', or ',
  keptApart: 'Kept apart',
  never: (to: { own: string; other: string; name: string; at: string }) =>
    `${to.own} and ${to.other} never belong together, says ${to.name}, ${to.at}`,
  unmatched: (to: { own: string; other: string; name: string; at: string }) =>
    `${to.own} and ${to.other} were taken apart by ${to.name}, ${to.at}; no machine pairs them until one of them changes`,
};
