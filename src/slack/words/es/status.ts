import type { Catalogue } from '../catalogue.ts';

export const status: Catalogue['status'] = {
  open: 'Abierta',
  claimed: 'Asumida',
  waiting: 'En espera',
  awaiting_approval: 'Pendiente de aprobación',
  resolved: 'Resuelta',
  cleared: 'Despejada',
};
