type Column = { readonly column: string };
type Read = Column & { readonly fields: string };

/** Deliveries that are not as usual, and what people do about them. Names, figures and instants that are passed in are ready to be shown. */
export const intake = {
  titles: {
    held: (feed: string) => `${feed}: a delivery waits for your word`,
    released: (feed: string) => `${feed}: a delivery is being taken in`,
    accepted: (feed: string) => `${feed}: a delivery is not as usual`,
    partly: (feed: string) => `${feed}: rows of a delivery were kept out`,
    taken: (feed: string) => `${feed}: the delivery was taken in`,
    quarantined: (feed: string) => `${feed}: a delivery was kept out`,
    rejected: (feed: string) => `${feed}: the delivery was rejected`,
  },
  bodies: {
    held: 'Nothing of it is compared with anything until somebody decides.',
    released: 'Its rows become records within a minute. The next run compares them.',
    accepted: 'Its rows were taken in.',
    partly:
      'The other rows were taken in. Have these delivered again once the source is corrected, or correct the contract and read them again ' +
      'with “tieout quarantine replay”. “tieout quarantine” lists them.',
    taken: 'Its rows are records now, as far as they keep the contract.',
    quarantined:
      'Nothing of it was taken in. What is kept can be read again once the contract or the source is corrected.',
    rejected: 'Nothing of it was taken in.',
  },
  keptOut: (to: { rows: string; of: string; why: string }) =>
    `${to.rows} of ${to.of} rows were kept out (${to.why}).`,
  firstOut: (to: { line: string; detail: string }) => `The first is line ${to.line}: ${to.detail}`,
  labels: { delivery: 'Delivery', rows: 'Rows', received: 'Received', sums: 'Sums', decided: 'Decided' },
  findings: {
    column_added: (to: Column) => `Column “${to.column}” is new. It was not read.`,
    column_removed: (to: Read) => `Column “${to.column}” is gone, and ${to.fields} needs it.`,
    column_unread: (to: Column) => `Column “${to.column}” is gone. Nothing needs it.`,
    column_retyped: (to: Read) =>
      `Column “${to.column}” has values of another kind, and ${to.fields} needs it.`,
    field_unreadable: (to: { field: string; rows: number; of: number }) =>
      `${to.field} cannot be read in ${to.rows} of ${to.of} rows.`,
    key_removed: (to: Column) => `Column “${to.column}” of the key is gone, so records cannot be told apart.`,
    key_retyped: (to: Column) =>
      `Column “${to.column}” of the key has values of another kind, so records cannot be told apart.`,
    key_not_unique: (to: { key: string; rows: number; of: number }) =>
      `${to.rows} of ${to.of} rows share their key (${to.key}) with another row.`,
    contract_key_changed: (to: { from: string; to: string }) =>
      `The contract’s key was ${to.from} and is now ${to.to}. Records of the old key would stand beside new ones.`,
    blanks: (to: Column & { now: number; usual: number }) =>
      `Column “${to.column}” is empty in ${to.now} % of the rows, usually in ${to.usual} %.`,
    new_words: (to: Column & { words: string }) =>
      `Column “${to.column}” has words that were never there: ${to.words}.`,
    volume: (to: { now: string; usual: string }) => `${to.now} rows, where ${to.usual} are usual.`,
    value: (to: { now: string; usual: string }) => `${to.now} in all, where ${to.usual} is usual.`,
    empty: (to: { usual: string }) =>
      `No rows, where ${to.usual} are usual. Ask the source whether that is right.`,
  },
  buttons: { accept: 'Accept', release: 'Release', hold: 'Hold', reject: 'Reject' },
  forms: {
    release: {
      title: 'Take it in',
      submit: 'Take in',
      text: 'Its rows become records, as far as they keep the contract.',
    },
    reject: {
      title: 'Reject it',
      submit: 'Reject',
      text: 'Its rows stay out. Ask the source for a right delivery.',
    },
    hold: {
      title: 'Keep it waiting',
      submit: 'Keep waiting',
      text: 'It stays out, and further deliveries with such a change wait too, until somebody accepts one.',
    },
  },
  code: 'Reason',
  chooseCode: 'Choose a reason',
  note: 'Note',
  noteHint: 'Needed for “something else”.',
  codes: {
    expected_change: 'We expected this change',
    source_confirmed: 'The source confirmed it',
    seasonal: 'Usual for the season',
    catching_up: 'It catches up on missing days',
    source_error: 'The source made a mistake',
    wrong_file: 'It is the wrong file',
    incomplete: 'It is not complete',
    delivered_twice: 'It was delivered before',
    asking_source: 'I ask the source',
    mending_contract: 'We correct the contract',
    read_again: 'Read again by a corrected contract',
    other: 'Something else',
  },
  decided: {
    release: (to: { who: string; at: string; why: string }) => `Taken in by ${to.who}, ${to.at}: ${to.why}`,
    reject: (to: { who: string; at: string; why: string }) => `Rejected by ${to.who}, ${to.at}: ${to.why}`,
    hold: (to: { who: string; at: string; why: string }) => `Kept waiting by ${to.who}, ${to.at}: ${to.why}`,
  },
  operator: 'an operator',
  refusals: {
    delivery_unknown: 'There is no such delivery.',
    not_waiting: {
      accepted: 'It was taken in already.',
      quarantined: 'It was kept out and does not wait.',
      held: 'It waits already.',
      released: (to: { who: string; at: string }) => `${to.who} let it in, ${to.at}.`,
      rejected: (to: { who: string; at: string }) => `${to.who} rejected it, ${to.at}.`,
    },
    may_not_decide: 'Only the owner of this data, an ops lead or an admin can decide.',
    reason_unknown: 'Choose one of the reasons.',
    note_missing: 'Say in the note why.',
    note_long: (limit: number) => `A note has at most ${limit} characters.`,
    bytes_gone: 'Its bytes were not kept. Ask the source to deliver it again.',
    others_came: 'Other deliveries came after it. Ask the source to deliver it again.',
  },
};
