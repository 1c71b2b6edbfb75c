import type { Catalogue } from '../catalogue.ts';

export const owner: Catalogue['owner'] = {
  standsIn: (to) => `${to.name}, en remplacement de ${to.for}`,
  everythingElse: 'tout ce qu’aucune ligne au-dessus ne prend',
  row: (to) => `${to.source} : ${to.when}`,
  because: (to) => `en raison de ${to.row}`,
  lead: (to) => `l’équipe est dirigée par ${to.name}`,
  youStandIn: 'Vous remplacez',
  away: (to) => `${to.name} (en congé jusqu’au ${to.until})`,
};
