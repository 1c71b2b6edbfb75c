import type { Catalogue } from '../catalogue.ts';

export const modal: Catalogue['modal'] = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  why: 'Warum?',
  note: 'Notiz',
  neededFor: (codes, otherwise) => `Bei ${codes} auszufüllen, sonst darf es leer bleiben. ${otherwise}`,
  resolve: {
    title: (label) => `${label} lösen`,
    plainTitle: 'Lösen',
    submit: 'Lösen',
    noCode: (type) =>
      `Für ${type} ist kein Lösungscode eingerichtet. Bitten Sie einen Admin, unter resolution_codes in tieout.yaml einen einzutragen.`,
    code: 'Wie wurde er geklärt?',
    chooseCode: 'Code wählen',
    noteHint: 'Was vereinbart wurde und mit wem.',
    amount: (currency) => `Betrag in ${currency}`,
    amountHint: 'In der Form 1234.50. Vorausgefüllt mit dem Unterschied.',
    reason: 'Grund',
    chooseReason: 'Grund wählen',
    reasonHint: 'Warum gebucht wird, wie die Buchhaltung es wissen will.',
    period: 'Gehört zum Monat',
    periodHint:
      'Der Monat, um den es geht. Ist er abgeschlossen, wird auf den nächsten offenen gebucht, und dieser wird genannt.',
    limitHint: (most) => `Bis ${most} buchen Sie allein; darüber gibt jemand anderes es frei.`,
    evidence: 'Beleg',
    evidenceHint: 'Die Adresse des Dokuments, das es zeigt.',
  },
  reject: {
    title: (label) => `${label} zurückweisen`,
    submit: 'Zurückweisen',
    reasonHint: 'Wer es vorgeschlagen hat, erfährt es und hat ihn wieder.',
  },
  escalate: {
    title: (label) => `${label} eskalieren`,
    submit: 'Eskalieren',
    teams: 'Teams',
    people: 'Personen',
    target: 'Wer soll es erfahren?',
    chooseTarget: 'Team oder Person wählen',
    targetHint: 'Es wird sofort Bescheid gegeben. Wer ihn übernommen hat, bleibt zuständig.',
    reasonHint: 'Was festhängt und was Sie brauchen.',
  },
  handOver: {
    title: (label) => `${label} übergeben`,
    plainTitle: 'Übergeben',
    submit: 'Anbieten',
    nobody:
      'In keinem Team ist sonst jemand. Bitten Sie einen Admin, in tieout.yaml Personen in ein Team aufzunehmen.',
    otherTeams: 'Andere Teams',
    person: 'An wen?',
    choosePerson: 'Person wählen',
    personHint:
      'Die Person wird sofort gefragt. Bis sie annimmt, bleibt die Zuständigkeit. Fällig ist er wie zuvor.',
    note: 'Was muss die Person wissen?',
  },
  decline: {
    title: (label) => `${label} ablehnen`,
    submit: 'Ablehnen',
    reasonHint: 'Wer ihn angeboten hat, erfährt es.',
  },
  wait: {
    title: (label) => `${label} zurückstellen`,
    submit: 'Zurückstellen',
    until: 'Bis zu welchem Tag?',
    chooseDay: 'Tag wählen',
    untilHint:
      'An diesem Tag kommt er zur zuständigen Person zurück. Fällig ist er wie zuvor: Die Frist läuft weiter.',
    untilHintPaused: 'An diesem Tag kommt er zur zuständigen Person zurück. Bis dahin ruht die Frist.',
    note: 'Worauf wartet er?',
  },
  reopen: {
    title: (label) => `${label} wieder öffnen`,
    submit: 'Wieder öffnen',
    reasonHint: 'Er wird offen sein, bei seinem Team und bei niemandem, und neu fällig.',
  },
};
