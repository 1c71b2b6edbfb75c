/** What an entry of the trail may carry beside who did it; every part is written for the reader already. */
export type Happened = {
  readonly who: string;
  /** A day. */
  readonly until: string | undefined;
  /** A team or person. */
  readonly target: string | undefined;
  /** The resolution code. */
  readonly code: string | undefined;
  readonly amount: string | undefined;
};

/** What happened to an exception, by the last word of its audited action. */
export const history = {
  /** Who acts when no person does. */
  program: 'Tieout',
  opened: ({ who, target }: Happened) =>
    target === undefined ? `${who} opened it` : `${who} opened it, by taking a match apart in ${target}`,
  updated: ({ who, target }: Happened) =>
    target === undefined
      ? `${who} saw its records change`
      : `${who} moved it to ${target}, because the ownership matrix has changed`,
  claim: ({ who }: Happened) => `${who} claimed it`,
  unclaim: ({ who, target }: Happened) =>
    target === undefined ? `${who} gave it back` : `${who} gave it back, because ${target} has left`,
  resolve: ({ who, code, amount }: Happened) =>
    `${who} resolved it${code === undefined ? '' : ` as ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  propose: ({ who, code, amount }: Happened) =>
    `${who} proposed to resolve it${code === undefined ? '' : ` as ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  approve: ({ who, target, code, amount }: Happened) =>
    `${who} approved what ${target ?? 'somebody'} proposed${code === undefined ? '' : `: ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  reject: ({ who, target }: Happened) => `${who} rejected what ${target ?? 'somebody'} proposed`,
  withdraw: ({ who }: Happened) => `${who} withdrew the proposal`,
  lapse: ({ who, target }: Happened) =>
    `${who} ended the proposal of ${target ?? 'somebody'}, because nobody decided in time`,
  release: ({ who, target, code }: Happened) =>
    target === undefined
      ? `${who} let the payment go, because the time of its hold was over`
      : `${who} let the payment go, as ${target} had proposed${code === undefined ? '' : ` (${code})`}`,
  escalate: ({ who, target }: Happened) =>
    `${who} escalated it${target === undefined ? '' : ` to ${target}`}`,
  clear: ({ who, target }: Happened) =>
    target === undefined
      ? `${who} cleared it, because the difference is gone`
      : `${who} cleared it, by what was decided in ${target}`,
  reopen: ({ who }: Happened) => `${who} reopened it`,
  hand_over_offer: ({ who, target }: Happened) =>
    `${who} offered it${target === undefined ? '' : ` to ${target}`}`,
  hand_over: ({ who }: Happened) => `${who} took it over`,
  hand_over_decline: ({ who }: Happened) => `${who} declined to take it over`,
  hand_over_lapse: ({ who, target }: Happened) =>
    target === undefined
      ? `${who} ended the offer, because nobody answered in time`
      : `${who} ended the offer, because ${target} has left`,
  wait: ({ who, until }: Happened) => `${who} let it wait${until === undefined ? '' : ` until ${until}`}`,
  resume: ({ who }: Happened) => `${who} resumed it`,
  note: ({ who }: Happened) => `${who} noted`,
  remind: ({ who, target }: Happened) => `${who} reminded ${target ?? 'its team'}`,
  breach: ({ who, target }: Happened) =>
    `${who} raised it, because it was not resolved in time${target === undefined ? '' : `, and told ${target}`}`,
  ping_pong: ({ who, target }: Happened) =>
    `${who} raised it, because it was handed over three times${target === undefined ? '' : `, and told ${target}`}`,
  match: ({ who, target }: Happened) => `${who} matched it by hand with ${target ?? '–'}`,
  unmatch: ({ who, target }: Happened) => `${who} took ${target ?? '–'} apart`,
  never: ({ who, target }: Happened) => `${who} said that ${target ?? '–'} never belongs here`,
  lift: ({ who, target }: Happened) => `${who} let ${target ?? '–'} be paired here again`,
  assign: ({ who, target }: Happened) => `${who} gave it to ${target ?? '–'}, in the triage meeting`,
  rule_change: ({ who }: Happened) => `${who} asked for a change of the rule, in the triage meeting`,
  /** Anything else: its name on the trail stands for it. */
  other: (who: string, action: string) => `${who}: ${action}`,
  /** Why a run opened it again, by the reason on the trail. */
  because: {
    INPUTS_CHANGED: 'because its documents are not what they were',
    DIFFERENCE_IS_BACK: 'because the difference is back',
  },
  change: {
    expected: (to: { from: string; to: string }) => `expected was ${to.from}, is ${to.to}`,
    actual: (to: { from: string; to: string }) => `actual was ${to.from}, is ${to.to}`,
  },
  quoted: (note: string) => `(“${note}”)`,
  quotedBy: (note: string, author: string) => `(“${note}”, by ${author})`,
};
