import type { Catalogue } from '../catalogue.ts';

export const attempts: Catalogue['attempts'] = {
  label: 'Tentatives précédentes',
  more: (count) => `${count} plus ${count === 1 ? 'ancienne' : 'anciennes'}, dans les détails`,
  held: ({ who, from, until }) => `${who}, du ${from} au ${until}`,
  holds: ({ who, from }) => `${who}, depuis le ${from}`,
  ends: {
    given_back: 'rendu',
    stale: 'rendu à l’équipe, car rien ne s’était passé',
    left: 'rendu à l’équipe, car la personne est partie',
    cleared: 'levé, car la différence avait disparu',
  },
  handedOver: (to) => `transmis${to === undefined ? '' : ` à ${to}`}`,
  assigned: (to) => `confié${to === undefined ? '' : ` à ${to}`} par la réunion de triage`,
  resolved: (code) => `résolu${code === undefined ? '' : ` comme ${code}`}`,
  cameBack: 'et c’est revenu',
};
