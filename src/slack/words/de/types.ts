import type { Catalogue } from '../catalogue.ts';

export const types: Catalogue['types'] = {
  amount_differs: {
    title: 'Betrag weicht ab',
    suggestion:
      'Vergleichen Sie beide Dokumente; lassen Sie das falsche an seiner Quelle berichtigen, oder vereinbaren Sie eine Gutschrift.',
  },
  currency_differs: {
    title: 'Währung weicht ab',
    suggestion:
      'Klären Sie, welche Währung vereinbart war, und lassen Sie das andere Dokument neu ausstellen.',
  },
  fields_differ: {
    title: 'Angaben widersprechen sich',
    suggestion:
      'Vergleichen Sie, was beide Datensätze sagen, und lassen Sie den falschen an seiner Quelle berichtigen.',
  },
  too_late: {
    title: 'Zu spät gekommen',
    suggestion:
      'Entscheiden Sie, ob dies noch zu dem gehört, was erwartet war; stimmen Sie es mit beiden Seiten ab, bevor gezahlt wird.',
  },
  missing_invoice: {
    title: 'Rechnung fehlt',
    suggestion:
      'Fordern Sie die Rechnung beim Lieferanten an, oder stornieren Sie den Auftrag, wenn nichts geliefert wurde.',
  },
  missing_actual: {
    title: 'Nichts auf der Ist-Seite',
    suggestion: 'Fordern Sie das fehlende Dokument bei der Stelle an, die es hätte ausstellen müssen.',
  },
  missing_expected: {
    title: 'Nichts auf der Soll-Seite',
    suggestion: 'Klären Sie, wer dies bestellt hat; zahlen Sie nicht, bevor es einen Auftrag gibt.',
  },
  unordered_charge: {
    title: 'Belastung ohne Auftrag',
    suggestion: 'Klären Sie, wer dies bestellt hat; zahlen Sie nicht, bevor es einen Auftrag gibt.',
  },
  duplicate_invoice: {
    title: 'Doppelte Rechnung',
    suggestion: 'Lassen Sie eine der beiden vom Lieferanten stornieren; zahlen Sie nur eine.',
  },
  duplicate: {
    title: 'Doppelter Datensatz',
    suggestion: 'Behalten Sie einen Datensatz, und lassen Sie die anderen an ihrer Quelle stornieren.',
  },
};
