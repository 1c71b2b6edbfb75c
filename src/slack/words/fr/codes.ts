import type { Catalogue } from '../catalogue.ts';

export const codes: Catalogue['codes'] = {
  corrected_at_source: 'Corrigé à la source',
  matched_by_hand: 'Rapproché à la main',
  adjusted: 'Ajusté',
  written_off: 'Passé en perte',
  accepted: 'Accepté tel quel',
  duplicate: 'Doublon',
  other: 'Autre chose',
};
