import type { Catalogue } from '../catalogue.ts';

export const codes: Catalogue['codes'] = {
  corrected_at_source: 'Corregida en origen',
  matched_by_hand: 'Conciliada a mano',
  adjusted: 'Ajustada',
  written_off: 'Dada de baja',
  accepted: 'Aceptada tal cual',
  duplicate: 'Duplicada',
  other: 'Otra cosa',
};
