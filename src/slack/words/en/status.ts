export const status = {
  open: 'Open',
  claimed: 'Claimed',
  waiting: 'Waiting',
  awaiting_approval: 'Awaiting approval',
  resolved: 'Resolved',
  cleared: 'Cleared',
};
