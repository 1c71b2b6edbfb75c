/** The forms. Titles and the words on their buttons have 24 characters, placeholders 150, labels and hints 2,000. */
export const modal = {
  close: 'Close',
  cancel: 'Cancel',
  why: 'Why?',
  note: 'Note',
  neededFor: (codes: string, otherwise: string) =>
    `Must be filled in for ${codes}; otherwise it may stay empty. ${otherwise}`,
  resolve: {
    title: (label: string) => `Resolve ${label}`,
    plainTitle: 'Resolve',
    submit: 'Resolve',
    noCode: (type: string) =>
      `No resolution code is configured for ${type}. Ask an admin to add one under resolution_codes in tieout.yaml.`,
    code: 'How was it settled?',
    chooseCode: 'Choose a code',
    noteHint: 'What was agreed, and with whom.',
    amount: (currency: string) => `Amount in ${currency}`,
    amountHint: 'Like 1234.50. Prefilled with the difference.',
    reason: 'Reason code',
    chooseReason: 'Choose a reason code',
    reasonHint: 'Why it is booked, as the ledger wants to know it.',
    period: 'Belongs to month',
    periodHint:
      'The month it is about. When that month is closed, it is booked to the next open one and names this one.',
    /** What happens above the limit of whoever fills in the form. */
    limitHint: (most: string) => `Up to ${most} you book by yourself; above, somebody else approves it.`,
    evidence: 'Evidence',
    evidenceHint: 'The address of the document that shows it.',
  },
  reject: {
    title: (label: string) => `Reject ${label}`,
    submit: 'Reject',
    reasonHint: 'Whoever proposed it is told, and has it again.',
  },
  escalate: {
    title: (label: string) => `Escalate ${label}`,
    submit: 'Escalate',
    teams: 'Teams',
    people: 'People',
    target: 'Who should know?',
    chooseTarget: 'Choose a team or a person',
    targetHint: 'They are told at once. Whoever claimed it stays its owner.',
    reasonHint: 'What is stuck, and what you need.',
  },
  handOver: {
    title: (label: string) => `Hand over ${label}`,
    plainTitle: 'Hand over',
    submit: 'Offer',
    nobody: 'There is nobody else in any team. Ask an admin to add people to a team in tieout.yaml.',
    otherTeams: 'Other teams',
    person: 'To whom?',
    choosePerson: 'Choose a person',
    personHint:
      'They are asked at once. Until they accept, its owner keeps it. It is due when it was due before.',
    note: 'What do they need to know?',
  },
  decline: {
    title: (label: string) => `Decline ${label}`,
    submit: 'Decline',
    reasonHint: 'Whoever offered it is told.',
  },
  wait: {
    title: (label: string) => `Wait with ${label}`,
    submit: 'Wait',
    until: 'Until which day?',
    chooseDay: 'Choose a day',
    untilHint: 'It comes back to its owner on that day. It is due when it was due before: the time goes on.',
    untilHintPaused: 'It comes back to its owner on that day. The promised time stands still until then.',
    note: 'What is it waiting for?',
  },
  reopen: {
    title: (label: string) => `Reopen ${label}`,
    submit: 'Reopen',
    reasonHint: 'It will be open and nobody’s, with its team, and due anew.',
  },
};
