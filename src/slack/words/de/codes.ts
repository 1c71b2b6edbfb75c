import type { Catalogue } from '../catalogue.ts';

export const codes: Catalogue['codes'] = {
  corrected_at_source: 'An der Quelle berichtigt',
  matched_by_hand: 'Von Hand zugeordnet',
  adjusted: 'Angepasst',
  written_off: 'Ausgebucht',
  accepted: 'So akzeptiert',
  duplicate: 'Dublette',
  other: 'Etwas anderes',
};
