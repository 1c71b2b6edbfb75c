import type { Catalogue } from '../catalogue.ts';

export const owner: Catalogue['owner'] = {
  standsIn: (to) => `${to.name}, en lugar de ${to.for}`,
  everythingElse: 'todo lo que ninguna línea anterior toma',
  row: (to) => `${to.source}: ${to.when}`,
  because: (to) => `debido a ${to.row}`,
  lead: (to) => `lo dirige ${to.name}`,
  youStandIn: 'Usted sustituye a',
  away: (to) => `${to.name} (fuera hasta el ${to.until})`,
};
