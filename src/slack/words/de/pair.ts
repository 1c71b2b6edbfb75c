import type { Catalogue } from '../catalogue.ts';

export const pair: Catalogue['pair'] = {
  buttons: {
    match: 'Von Hand zuordnen',
    unmatch: 'Trennen',
    never: 'Nie zusammen',
    lift: 'Wieder erlauben',
  },
  match: {
    title: (label) => `${label} zuordnen`,
    submit: 'Weiter',
    candidates: 'Welche Dokumente gehören dazu?',
    candidatesHint:
      'Wählen Sie eines oder mehrere, die zusammengehören. Es geschieht nichts, bevor Sie bestätigen.',
    near: 'auch ohne Gegenstück, und in der Nähe',
    search: 'Ein anderes Dokument',
    onlySearch: 'Welches Dokument gehört dazu?',
    searchHint: 'Geben Sie seine Referenz ein, oder die seines Auftrags.',
    chooseSearch: 'Referenz eingeben',
    isMatched: 'zurzeit einem anderen Dokument zugeordnet',
  },
  confirm: {
    title: (label) => `${label} bestätigen`,
    submit: 'Zuordnen',
    together: 'Diese gehören von jetzt an zusammen',
    ends: (refs) => `Dadurch verlässt ${refs} eine andere Zuordnung.`,
    fits: 'Die Regeln haben nichts einzuwenden, also wird der Klärfall mit der Begründung gelöst.',
    differs: (difference) => `Sie unterscheiden sich um ${difference}.`,
    raises: ({ type, severity }) => `Die Regeln beanstanden: ${type} (${severity}).`,
    code: 'Warum gehören sie zusammen?',
    residual: 'Was wird aus dem, was noch abweicht?',
    stays: 'Es bleibt offen, bei dem, der ihn hat',
    explained: 'Die Begründung erledigt es',
  },
  unmatch: {
    title: (label) => `${label} trennen`,
    submit: 'Trennen',
    matched: 'Zurzeit einander zugeordnet',
    reasonHint: 'Keine Maschine ordnet sie wieder zu, solange in ihnen steht, was jetzt darin steht.',
  },
  never: {
    title: 'Nie zusammen',
    submit: 'Auseinanderhalten',
    which: 'Welche Dokumente gehören nie dazu?',
    reasonHint: 'Das gilt, was immer in ihnen stehen wird, bis jemand es wieder erlaubt.',
  },
  lift: {
    title: 'Wieder erlauben',
    submit: 'Erlauben',
    which: 'Welche dürfen ihm wieder zugeordnet werden?',
    reasonHint: 'Der nächste Lauf darf sie zuordnen.',
    nothing: 'Nichts wird von den Dokumenten dieses Klärfalls ferngehalten.',
  },
  done: {
    title: 'Erledigt',
    is: ({ label, status }) => `${label} ist jetzt ${status}.`,
    also: {
      open: (label) => `${label} wurde eröffnet.`,
      update: (label) => `${label} wurde auf den neuesten Stand gebracht.`,
      reopen: (label) => `${label} wurde wieder geöffnet.`,
      clear: (label) => `${label} hat sich erledigt.`,
    },
  },
};
