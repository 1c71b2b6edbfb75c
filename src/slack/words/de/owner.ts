import type { Catalogue } from '../catalogue.ts';

export const owner: Catalogue['owner'] = {
  standsIn: (to) => `${to.name}, in Vertretung von ${to.for}`,
  everythingElse: 'alles, was keine Zeile darüber nimmt',
  row: (to) => `${to.source}: ${to.when}`,
  because: (to) => `aufgrund von ${to.row}`,
  lead: (to) => `die Leitung hat ${to.name}`,
  youStandIn: 'Sie vertreten',
  away: (to) => `${to.name} (abwesend bis ${to.until})`,
};
