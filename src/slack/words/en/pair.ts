/**
 * What people decide about pairs, in Details. Titles and the words on their buttons have 24 characters, options and what
 * stands under them 75. References, amounts and days that are passed in are written for the reader and escaped already.
 */
export const pair = {
  buttons: {
    match: 'Match by hand',
    unmatch: 'Take apart',
    never: 'Never together',
    lift: 'Allow again',
  },
  match: {
    title: (label: string) => `Match ${label}`,
    submit: 'Next',
    candidates: 'Which documents belong with it?',
    candidatesHint: 'Choose one, or several that belong together. Nothing is done before you confirm.',
    near: 'without a partner too, and near',
    search: 'Another document',
    onlySearch: 'Which document belongs with it?',
    searchHint: 'Type its reference, or its order’s.',
    chooseSearch: 'Type a reference',
    isMatched: 'matched with another document now',
  },
  confirm: {
    title: (label: string) => `Confirm ${label}`,
    submit: 'Match',
    together: 'These belong together from now on',
    ends: (refs: string) => `This takes ${refs} out of another match.`,
    fits: 'The rules object to nothing, so the exception is resolved with the reason.',
    differs: (difference: string) => `They differ by ${difference}.`,
    raises: (to: { type: string; severity: string }) => `The rules raise: ${to.type} (${to.severity}).`,
    code: 'Why do they belong together?',
    residual: 'What becomes of what still differs?',
    stays: 'It stays open, with its owner',
    explained: 'The reason settles it',
  },
  unmatch: {
    title: (label: string) => `Take ${label} apart`,
    submit: 'Take apart',
    matched: 'Matched with each other now',
    reasonHint: 'No machine matches them again as long as they hold what they hold now.',
  },
  never: {
    title: 'Never together',
    submit: 'Keep apart',
    which: 'Which documents never belong to it?',
    reasonHint: 'It holds whatever they come to hold, until somebody allows it again.',
  },
  lift: {
    title: 'Allow again',
    submit: 'Allow',
    which: 'Which may be matched with it again?',
    reasonHint: 'The next run may match them.',
    nothing: 'Nothing is kept apart from this exception’s documents.',
  },
  done: {
    title: 'Done',
    is: (to: { label: string; status: string }) => `${to.label} is ${to.status} now.`,
    also: {
      open: (label: string) => `${label} was opened.`,
      update: (label: string) => `${label} was brought up to date.`,
      reopen: (label: string) => `${label} was reopened.`,
      clear: (label: string) => `${label} was cleared.`,
    },
  },
};
