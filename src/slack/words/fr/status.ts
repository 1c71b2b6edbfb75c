import type { Catalogue } from '../catalogue.ts';

export const status: Catalogue['status'] = {
  open: 'Ouvert',
  claimed: 'Pris en charge',
  waiting: 'En attente',
  awaiting_approval: 'En attente d’approbation',
  resolved: 'Résolu',
  cleared: 'Levé',
};
