import type { Catalogue } from '../catalogue.ts';

export const work: Catalogue['work'] = {
  nothing: 'rien',
  exceptions: (count) => `${count} ${count === 1 ? 'écart' : 'écarts'}`,
  atStake: (money) => `${money} en jeu`,
  overdue: (count) => `${count} en retard`,
  moreCurrencies: (count) => `${count} ${count === 1 ? 'autre devise' : 'autres devises'}`,
  order: (ref) => `commande ${ref}`,
  level: (level) => `niveau ${level}`,
  due: (at) => `échéance ${at}`,
  overdueSince: (at) => `en retard depuis ${at}`,
  nobody: 'personne',
  page: (shown, pages) => `page ${shown} sur ${pages}`,
};
