import type { Catalogue } from '../catalogue.ts';

export const status: Catalogue['status'] = {
  open: 'Offen',
  claimed: 'Übernommen',
  waiting: 'Wartet',
  awaiting_approval: 'Wartet auf Freigabe',
  resolved: 'Gelöst',
  cleared: 'Erledigt',
};
