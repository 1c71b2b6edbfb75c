/** The agenda of the triage meeting and what is decided on it. Names and amounts that come in are escaped. */
export const triage = {
  title: (to: { page: number; pages: number }) =>
    to.pages === 1 ? 'Triage agenda' : `Triage agenda, ${to.page} of ${to.pages}`,
  meets: (to: { at: string }) => `The meeting is ${to.at}.`,
  about: (to: { count: number; money: string }) =>
    `${to.count} ${to.count === 1 ? 'exception' : 'exceptions'}, ${to.money}: every step of their policies is taken and they are still open.`,
  left: (to: { undecided: number; count: number }) =>
    to.undecided === 0 ? 'Everything is decided.' : `${to.undecided} of ${to.count} still to decide.`,
  leftOver: (count: number) =>
    `${count} more wait for the next meeting; those with the most at stake come first.`,
  owner: 'Owner',
  openFor: 'Open since',
  tried: 'Tried so far',
  lastSaid: 'Last said',
  proposed: 'Proposed',
  nothingTried: 'nothing',
  had: (to: { count: number; who: string; ended: string | undefined }) =>
    `${to.count === 1 ? '' : `${to.count} times with somebody, last `}with ${to.who} (${to.ended ?? 'has it still'})`,
  besides: {
    wait: (n: number) => `waited ${n === 1 ? 'once' : `${n} times`}`,
    escalate: (n: number) => `escalated ${n === 1 ? 'once' : `${n} times`}`,
  },
  decisions: {
    assign: 'give it to somebody',
    write_off: 'write it off',
    accept: 'accept it as it is',
    rule_change: 'change the rule: several are alike',
  },
  buttons: {
    assign: 'Assign',
    write_off: 'Write off',
    accept: 'Accept',
    rule_change: 'Rule change',
  },
  outcomes: {
    assign: (to: { to: string; by: string; at: string }) => `Given to ${to.to} by ${to.by}, ${to.at}`,
    rule_change: (to: { by: string; at: string }) => `Rule change asked for by ${to.by}, ${to.at}`,
    resolved: (to: { code: string; by: string; at: string }) =>
      `Resolved as ${to.code} by ${to.by}, ${to.at}`,
    cleared: (to: { at: string }) => `Cleared by a run, ${to.at}`,
    carried: (to: { at: string }) => `Not decided; on the next agenda, ${to.at}`,
  },
  nobody: 'nobody',
  assignTitle: (label: string) => `Assign ${label}`,
  person: 'Who takes it',
  choosePerson: 'Choose a person',
  note: 'What is expected of them',
  assignSubmit: 'Assign',
  ruleTitle: (label: string) => `Rule for ${label}`,
  ruleNote: 'What should the rule say?',
  ruleHint:
    'It goes on the record and into the minutes; whoever keeps the rules proposes the change from there.',
  ruleSubmit: 'Ask for it',
  nobodyToTake: 'Nobody in a team could take it. Add people to a team in the configuration.',
};
