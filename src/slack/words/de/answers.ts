import type { Catalogue } from '../catalogue.ts';

export const answers: Catalogue['answers'] = {
  loadingTitle: 'Einen Moment',
  loading: 'Wird geladen… Dieses Formular füllt sich von selbst.',
  reference: (reference) => `Referenz ${reference}.`,
  shortcutUnknown:
    'Diesen Shortcut gibt es hier nicht mehr. Um eine Nachricht festzuhalten, wählen Sie in ihrem Menü „Keep as note“.',
  formUnknown:
    'Dieses Formular gehört nicht mehr zu mir, deshalb wurde nichts geändert. Schließen Sie es, und klicken Sie noch einmal auf der neuesten Karte.',
};
