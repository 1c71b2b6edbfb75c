/** What was tried so far. Names, instants and codes that are passed in are written for the reader already. */
export const attempts = {
  label: 'Previous attempts',
  more: (count: number) => `${count} earlier, under Details`,
  held: (to: { who: string; from: string; until: string }) => `${to.who}, ${to.from} to ${to.until}`,
  holds: (to: { who: string; from: string }) => `${to.who}, since ${to.from}`,
  ends: {
    given_back: 'given back',
    stale: 'given back to the team, because nothing had happened',
    left: 'given back to the team, because they have left',
    cleared: 'cleared, because the difference was gone',
  },
  handedOver: (to: string | undefined) => `handed over${to === undefined ? '' : ` to ${to}`}`,
  assigned: (to: string | undefined) => `given${to === undefined ? '' : ` to ${to}`} by the triage meeting`,
  resolved: (code: string | undefined) => `resolved${code === undefined ? '' : ` as ${code}`}`,
  cameBack: 'and it came back',
};
