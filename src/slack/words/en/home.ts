/** A person's Home. */
export const home = {
  mine: 'My work',
  mineNothing: 'You own nothing. Claim something below, or wait for the next run.',
  unclaimed: 'Unclaimed in my teams',
  unclaimedNothing: 'Nothing waits for somebody of your teams.',
  noTeam: 'You are a member of no team here.',
  teams: (names: string) => `Teams: ${names}.`,
  updated: (at: string) => `Updated at ${at}.`,
  more: 'More with /recon help.',
};
