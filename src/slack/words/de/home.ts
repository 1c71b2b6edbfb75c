import type { Catalogue } from '../catalogue.ts';

export const home: Catalogue['home'] = {
  mine: 'Meine Klärfälle',
  mineNothing: 'Bei Ihnen liegt nichts. Übernehmen Sie unten etwas, oder warten Sie auf den nächsten Lauf.',
  unclaimed: 'Nicht übernommen in meinen Teams',
  unclaimedNothing: 'Nichts wartet auf jemanden aus Ihren Teams.',
  noTeam: 'Sie sind hier in keinem Team.',
  teams: (names) => `Teams: ${names}.`,
  updated: (at) => `Stand: ${at}.`,
  more: 'Mehr mit /recon help.',
};
