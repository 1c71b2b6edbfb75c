import type { Catalogue } from '../catalogue.ts';

export const proposal: Catalogue['proposal'] = {
  kinds: {
    adjustment: 'Korrekturbuchung',
    write_off: 'Ausbuchung',
    reversal: 'Storno einer Buchung',
    release: 'Freigabe einer Zahlung',
  },
  titles: {
    open: (what) => `Freigabe nötig: ${what}`,
    approved: (what) => `Freigegeben: ${what}`,
    rejected: (what) => `Zurückgewiesen: ${what}`,
    withdrawn: (what) => `Zurückgezogen: ${what}`,
    lapsed: (what) => `Nicht rechtzeitig entschieden: ${what}`,
  },
  ask: (by) =>
    `${by} darf das nicht allein entscheiden. Jemand anderes aus der Buchhaltung oder eine operative Leitung gibt es frei oder weist es zurück.`,
  done: {
    adjustment: 'Der Klärfall ist gelöst, und seine Buchung geht in die Buchhaltung.',
    write_off: 'Der Klärfall ist gelöst, und seine Ausbuchung geht in die Buchhaltung.',
    reversal: 'Die Buchung ist durch eine neue zurückgenommen.',
    release: 'Die Zahlung darf gehen. Der Klärfall selbst bleibt offen.',
  },
  nothing: 'Nichts wurde gebucht und nichts freigegeben.',
  labels: {
    what: 'Was',
    by: 'Vorgeschlagen von',
    reason: 'Grund',
    period: 'Gehört zum Monat',
    client: 'Kunde',
    order: 'Auftrag',
    payee: 'Empfänger',
    evidence: 'Beleg',
    note: 'Notiz',
    until: 'Entscheiden bis',
    decided: 'Entschieden',
    why: 'Warum',
  },
  clock: 'niemand, die Frist war vorbei',
  decided: ({ who, at }) => `${who}, ${at}`,
  release: {
    button: 'Zahlung freigeben',
    title: (label) => `${label} freigeben`,
    askedTitle: 'Beantragt',
    asked: ({ label, until }) =>
      `Sie haben beantragt, ${label} freizugeben. Jemand anderes aus der Buchhaltung oder eine operative Leitung kann bis ${until} entscheiden; Sie erfahren es hier in Slack. Bis dahin bleibt die Zahlung gesperrt.`,
    submit: 'Beantragen',
    text: 'Die Zahlung geht, während der Klärfall offen bleibt. Sie beantragen es; jemand anderes aus der Buchhaltung oder eine operative Leitung entscheidet.',
    reason: 'Grund',
    chooseReason: 'Grund wählen',
    note: 'Notiz',
    noteHint: 'Was vereinbart wurde und mit wem.',
    evidence: 'Beleg',
    evidenceHint: 'Die Adresse des Dokuments, das es zeigt.',
  },
  reasons: {
    agreed_with_payee: 'Mit dem Empfänger vereinbart',
    difference_explained: 'Der Unterschied ist erklärt',
    paid_in_part: 'Nur zum Teil gezahlt',
    other: 'Etwas anderes',
  },
  approved: 'Es ist freigegeben und erledigt.',
};
