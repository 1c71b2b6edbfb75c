import type { FilteredVerb } from '../../../core/recon-filter.ts';
import type { Catalogue } from '../catalogue.ts';

const end = (near: string | undefined, known = ''): string => {
  if (near !== undefined) return `; meinten Sie „${near}“?`;
  return known === '' ? '.' : `; bekannt: ${known}.`;
};

const example = (verb: FilteredVerb): string =>
  verb === 'adjustments'
    ? 'Beispiel: /recon adjustments waiting kind:write_off client:"Acme GmbH".'
    : 'Beispiel: /recon list team:finance status:open amount:500.. client:"Acme GmbH".';

export const recon: Catalogue['recon'] = {
  refusals: {
    too_long: (to) => `Das ist länger als ${to.limit} Zeichen. Fragen Sie weniger auf einmal.`,
    unknown_verb: (to) => `/recon ${to.typed} gibt es nicht${end(to.near)} /recon help nennt alle Befehle.`,
    nothing_after: (to) =>
      `Nach /recon ${to.verb} folgt nichts. Geben Sie /recon ${to.verb} ein, oder /recon list mit Filtern.`,
    which_order: (to) => `Welcher Auftrag? Geben Sie seine Referenz an: /recon ${to.verb} PO-1042.`,
    which_exception: () => 'Welcher Klärfall? Geben Sie seine Nummer an: /recon show EX-1042.',
    one_feed: () =>
      'Geben Sie /recon quarantine ein, oder einen Feed dahinter: /recon quarantine invoice_lines.',
    only_verify: () =>
      'Geben Sie /recon audit für das Ende des Prüfpfads ein, oder /recon audit verify, um ihn ganz beweisen zu lassen.',
    crossed_amounts: () =>
      'Der kleinste Betrag liegt über dem größten, also kann nichts passen. Tauschen Sie beide.',
    not_a_filter: (to) =>
      `„${to.typed}“ ist kein Name, den ich hier sehe${end(to.near)} Namen von Teams, Arten, Kunden, Zuständigen und Aufträgen dürfen allein stehen.`,
    unknown_filter: (to) => `Den Filter ${to.typed}: gibt es nicht${end(to.near)} ${example(to.verb)}`,
    empty_filter: (to) => `Nach ${to.key}: fehlt der Wert. ${example(to.verb)}`,
    repeated_filter: (to) => `${to.key}: steht zweimal da. Behalten Sie eines davon.`,
    unknown_status: (to) => `„${to.typed}“ ist kein Status${end(to.near)} Beispiel: status:open.`,
    unknown_kind: (to) => `„${to.typed}“ ist keine Art von Buchung${end(to.near)} Beispiel: kind:write_off.`,
    bad_period: (to) => `„${to.typed}“ ist kein Monat. Schreiben Sie ihn so: period:2026-10.`,
    bad_amount: (to) =>
      `${to.key}:${to.typed} ist kein Betrag. Schreiben Sie Ziffern mit Punkt vor den Cents, etwa amount:1234.50 oder amount:1000..5000.`,
  },
  help: {
    status: 'was offen ist, in Zahlen und Geld, nach Team, Art und Status',
    mine: 'was Sie übernommen haben, nach Fälligkeit',
    list: 'eine Liste, zehn auf einmal; jeder Filter ist freigestellt, Namen dürfen allein stehen, owner: kennt auch me und nobody',
    show: 'ein Klärfall mit seinen Schaltflächen',
    order: 'Belege und Klärfälle eines Auftrags',
    'who-owns': 'wer zuständig ist',
    holds: 'was eine Zahlung sperrt, von allem, was Sie sehen, oder für einen Kunden, Auftrag oder Empfänger',
    adjustments:
      'was gebucht ist, und davor, was auf eine zweite Person wartet; jeder Filter ist freigestellt, ebenso waiting und booked allein',
    sla: 'was überfällig oder binnen des nächsten Arbeitstags fällig ist, nach Team und Zuständigen',
    report: 'der Tagesbericht von jetzt, über alles, was Sie sehen, oder ein Team',
    rules: 'wie jeder Abgleich vergleicht, paart, urteilt und zuteilt',
    run: 'der letzte Lauf jedes Abgleichs',
    audit:
      'das Ende des Prüfpfads und sein letzter Anker; für Administratoren und Prüfer beweist audit verify ihn ganz',
    quarantine: 'Zeilen, die nicht gelesen werden konnten',
    doctor: 'für Administratoren: was am Dienst nicht stimmt und wie es zu beheben ist',
  },
  helpTitle: 'Was /recon beantwortet',
  helpNotes: {
    amounts:
      'Beträge gelten in der Währung des jeweiligen Klärfalls: amount:1000..5000, amount:..50, oder min: und max:. Anführungszeichen halten Wörter zusammen: client:"Acme GmbH".',
    sight:
      'Nur Sie sehen die Antworten. Sie sehen die Klärfälle Ihrer Teams und Ihre eigenen; Ops-Leitung, Administration, Finanzen und Revision sehen alle.',
  },
  loading: 'Wird nachgesehen …',
  tooOften:
    'Das ist mehr als eine Frage pro Sekunde. Es wurde nichts nachgesehen: Warten Sie eine Minute und fragen Sie dann erneut.',
  strangeButton: 'Diese Schaltfläche gehört nicht mehr zu mir. Geben Sie /recon list erneut ein.',
  oldList: 'Diese Liste ist zum Blättern zu alt. Geben Sie den Befehl erneut ein.',
  titles: {
    mine: 'Meine Arbeit',
    list: 'Klärfälle',
    status: 'Stand',
    order: (to) => `Auftrag ${to.ref}`,
    owners: (to) => `Zuständig für ${to.ref}`,
  },
  listHint: '/recon show EX-n zeigt einen mit allen Schaltflächen.',
  scopes: {
    all: 'allen Teams',
    own: 'Ihrer eigenen Arbeit (Sie gehören keinem Team an)',
    teams: (to) => `${to.teams} und Ihrer eigenen Arbeit`,
  },
  nothing: {
    mine: 'Sie haben jetzt nichts übernommen. /recon list status:open zeigt, was auf jemanden wartet.',
    team: (to) => `Von einem Team „${to.typed}“ sehen Sie nichts${end(to.near, to.known)}`,
    type: (to) => `Von der Art „${to.typed}“ sehen Sie nichts${end(to.near, to.known)}`,
    client: (to) => `Von einem Kunden „${to.typed}“ sehen Sie nichts${end(to.near)}`,
    order: (to) => `Von einem Auftrag „${to.typed}“ sehen Sie nichts${end(to.near)}`,
    owner: (to) => `Von „${to.typed}“ Übernommenes sehen Sie nicht${end(to.near)}`,
    match: (to) =>
      `Nichts passt in ${to.scope}. Lassen Sie einen Filter weg, oder fragen Sie mit status:all.`,
    open: (to) => `Nichts ist offen in ${to.scope}. /recon run zeigt, wann zuletzt geprüft wurde.`,
    show: (to) =>
      `${to.label} gibt es nicht, oder Sie sehen es nicht. /recon list status:all zeigt, was da ist; vielleicht gehört es einem anderen Team.`,
    needed: 'Niemand muss: nichts dazu ist offen.',
    order_known: (to) =>
      `Nichts, was Sie sehen, trägt ${to.ref}.${to.meant === '' ? '' : ` Meinten Sie ${to.meant}?`} Referenzen werden Zeichen für Zeichen verglichen.`,
  },
  status: {
    total: (to) => `${to.total}, in ${to.scope}`,
    more: (to) => `${to.count} weitere Zeilen: grenzen Sie ein mit /recon list team:… type:…`,
  },
  order: {
    exceptions: 'Klärfälle',
    noException: 'Kein Klärfall: nichts daran braucht einen Menschen.',
    documents: 'Belege',
    noDocument: 'Kein Beleg trägt diese Referenz.',
    on: (to) => `${to.amount} am ${to.day}`,
    unmatched: 'mit nichts gepaart',
    takenBack: 'von der Quelle zurückgenommen',
    matched: (to) => `gepaart, ${to.how}`,
    outcomes: { equal: 'gleich', excepted: 'mit Klärfall' },
    unclaimed: (to) => `noch niemand; er ist für ${to.team}, wo jedes Mitglied ihn übernehmen kann`,
    elsewhere: (to) => `Bei einem anderen Team: ${to.teams}. Fragen Sie in dessen Kanal.`,
    settled: (to) => `Was da war, ist erledigt: /recon order ${to.ref}.`,
    more: (to) => `und ${to.count} weitere`,
    details: (to) => `Details zu ${to.label}`,
  },
};
