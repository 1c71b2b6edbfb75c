import type { Catalogue } from '../catalogue.ts';

export const home: Catalogue['home'] = {
  mine: 'Mes écarts',
  mineNothing: 'Vous n’avez rien en charge. Prenez un écart ci-dessous, ou attendez la prochaine exécution.',
  unclaimed: 'Non pris en charge dans mes équipes',
  unclaimedNothing: 'Rien n’attend quelqu’un de vos équipes.',
  noTeam: 'Vous n’êtes membre d’aucune équipe ici.',
  teams: (names) => `Équipes : ${names}.`,
  updated: (at) => `Mis à jour : ${at}.`,
  more: 'Davantage avec /recon help.',
};
