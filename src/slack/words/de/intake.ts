import type { Catalogue } from '../catalogue.ts';

export const intake: Catalogue['intake'] = {
  titles: {
    held: (feed) => `${feed}: Eine Lieferung wartet auf Ihr Wort`,
    released: (feed) => `${feed}: Eine Lieferung wird eingelesen`,
    accepted: (feed) => `${feed}: Eine Lieferung ist anders als sonst`,
    partly: (feed) => `${feed}: Zeilen einer Lieferung blieben draußen`,
    taken: (feed) => `${feed}: Die Lieferung wurde eingelesen`,
    quarantined: (feed) => `${feed}: Eine Lieferung blieb draußen`,
    rejected: (feed) => `${feed}: Die Lieferung wurde abgelehnt`,
  },
  bodies: {
    held: 'Nichts davon wird mit etwas verglichen, bis jemand entscheidet.',
    released: 'Ihre Zeilen werden binnen einer Minute zu Datensätzen. Der nächste Lauf vergleicht sie.',
    accepted: 'Ihre Zeilen wurden eingelesen.',
    partly:
      'Die anderen Zeilen wurden eingelesen. Lassen Sie diese neu liefern, sobald die Quelle berichtigt ist, oder berichtigen Sie den Vertrag ' +
      'und lesen Sie sie mit „tieout quarantine replay“ neu. „tieout quarantine“ zählt sie auf.',
    taken: 'Ihre Zeilen sind jetzt Datensätze, soweit sie den Vertrag einhalten.',
    quarantined:
      'Nichts davon wurde eingelesen. Was aufbewahrt ist, kann neu gelesen werden, sobald der Vertrag oder die Quelle berichtigt ist.',
    rejected: 'Nichts davon wurde eingelesen.',
  },
  keptOut: (to) => `${to.rows} von ${to.of} Zeilen blieben draußen (${to.why}).`,
  firstOut: (to) => `Die erste ist Zeile ${to.line}: ${to.detail}`,
  labels: {
    delivery: 'Lieferung',
    rows: 'Zeilen',
    received: 'Eingegangen',
    sums: 'Summen',
    decided: 'Entschieden',
  },
  findings: {
    column_added: (to) => `Die Spalte „${to.column}“ ist neu. Sie wurde nicht gelesen.`,
    column_removed: (to) => `Die Spalte „${to.column}“ fehlt, und ${to.fields} braucht sie.`,
    column_unread: (to) => `Die Spalte „${to.column}“ fehlt. Nichts braucht sie.`,
    column_retyped: (to) => `Die Spalte „${to.column}“ hat Werte anderer Art, und ${to.fields} braucht sie.`,
    field_unreadable: (to) => `${to.field} ist in ${to.rows} von ${to.of} Zeilen nicht lesbar.`,
    key_removed: (to) =>
      `Die Spalte „${to.column}“ des Schlüssels fehlt, deshalb sind Datensätze nicht zu unterscheiden.`,
    key_retyped: (to) =>
      `Die Spalte „${to.column}“ des Schlüssels hat Werte anderer Art, deshalb sind Datensätze nicht zu unterscheiden.`,
    key_not_unique: (to) =>
      `${to.rows} von ${to.of} Zeilen teilen ihren Schlüssel (${to.key}) mit einer anderen.`,
    contract_key_changed: (to) =>
      `Der Schlüssel des Vertrags war ${to.from} und ist jetzt ${to.to}. Datensätze des alten stünden neben neuen.`,
    blanks: (to) => `Die Spalte „${to.column}“ ist in ${to.now} % der Zeilen leer, sonst in ${to.usual} %.`,
    new_words: (to) => `Die Spalte „${to.column}“ hat Wörter, die es nie gab: ${to.words}.`,
    volume: (to) => `${to.now} Zeilen, wo sonst ${to.usual} sind.`,
    value: (to) => `${to.now} insgesamt, wo sonst ${to.usual} ist.`,
    empty: (to) => `Keine Zeilen, wo sonst ${to.usual} sind. Fragen Sie die Quelle, ob das stimmt.`,
  },
  buttons: { accept: 'Annehmen', release: 'Freigeben', hold: 'Zurückhalten', reject: 'Ablehnen' },
  forms: {
    release: {
      title: 'Einlesen',
      submit: 'Einlesen',
      text: 'Ihre Zeilen werden Datensätze, soweit sie den Vertrag einhalten.',
    },
    reject: {
      title: 'Ablehnen',
      submit: 'Ablehnen',
      text: 'Ihre Zeilen bleiben draußen. Bitten Sie die Quelle um eine richtige Lieferung.',
    },
    hold: {
      title: 'Warten lassen',
      submit: 'Warten lassen',
      text: 'Sie bleibt draußen, und weitere Lieferungen mit solch einer Änderung warten auch, bis jemand eine annimmt.',
    },
  },
  code: 'Grund',
  chooseCode: 'Einen Grund wählen',
  note: 'Notiz',
  noteHint: 'Nötig bei „etwas anderes“.',
  codes: {
    expected_change: 'Wir haben die Änderung erwartet',
    source_confirmed: 'Die Quelle hat es bestätigt',
    seasonal: 'Für die Jahreszeit üblich',
    catching_up: 'Sie holt fehlende Tage nach',
    source_error: 'Die Quelle hat einen Fehler gemacht',
    wrong_file: 'Es ist die falsche Datei',
    incomplete: 'Sie ist nicht vollständig',
    delivered_twice: 'Sie wurde schon geliefert',
    asking_source: 'Ich frage die Quelle',
    mending_contract: 'Wir berichtigen den Vertrag',
    read_again: 'Nach einem berichtigten Vertrag neu gelesen',
    other: 'Etwas anderes',
  },
  decided: {
    release: (to) => `Eingelesen von ${to.who}, ${to.at}: ${to.why}`,
    reject: (to) => `Abgelehnt von ${to.who}, ${to.at}: ${to.why}`,
    hold: (to) => `Zurückgehalten von ${to.who}, ${to.at}: ${to.why}`,
  },
  operator: 'wer den Dienst betreibt',
  refusals: {
    delivery_unknown: 'Eine solche Lieferung gibt es nicht.',
    not_waiting: {
      accepted: 'Sie wurde schon eingelesen.',
      quarantined: 'Sie blieb draußen und wartet nicht.',
      held: 'Sie wartet schon.',
      released: (to) => `Freigegeben von ${to.who}, ${to.at}.`,
      rejected: (to) => `Abgelehnt von ${to.who}, ${to.at}.`,
    },
    may_not_decide: 'Nur wem diese Daten gehören, eine Ops-Leitung oder ein Admin kann entscheiden.',
    reason_unknown: 'Wählen Sie einen der Gründe.',
    note_missing: 'Sagen Sie in der Notiz, warum.',
    note_long: (limit) => `Eine Notiz hat höchstens ${limit} Zeichen.`,
    bytes_gone: 'Ihre Bytes wurden nicht aufbewahrt. Bitten Sie die Quelle, sie erneut zu liefern.',
    others_came: 'Nach ihr kamen andere Lieferungen. Bitten Sie die Quelle, sie erneut zu liefern.',
  },
};
