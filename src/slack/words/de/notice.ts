import type { Catalogue } from '../catalogue.ts';

export const notice: Catalogue['notice'] = {
  escalated: (what, target) => `${what} wurde an ${target} eskaliert`,
  escalatedBy: 'Eskaliert von',
  somebody: 'jemandem',
  offered: (what) => `${what} wird Ihnen angeboten`,
  offeredOnce: (what) => `${what} wurde Ihnen angeboten`,
  ended: {
    accepted: 'Angenommen',
    declined: 'Abgelehnt',
    lapsed: 'Nicht rechtzeitig beantwortet',
    withdrawn: 'Zurückgezogen',
  },
  answerUntil: 'Antwort bis',
  taken_over: (what, by) => `${what} wurde von ${by} übernommen`,
  assigned: (what) => `${what} wurde Ihnen in der Triage gegeben`,
  declined: (what, by) => `${what} wurde von ${by} abgelehnt`,
  offer_lapsed: (what) => `${what} wurde nicht rechtzeitig übernommen`,
  lapsedBody: (from, to) =>
    `${from} hat ihn ${to} angeboten, und die Frist für die Antwort ist vorbei. Er bleibt bei der zuständigen Person.`,
  offer_withdrawn: (what) => `${what} wird Ihnen nicht mehr angeboten`,
  withdrawnBecause: {
    assigned: 'Die Triage-Sitzung hat ihn jemand anderem gegeben, bevor Sie geantwortet haben.',
    given_back: 'Er wurde an sein Team zurückgegeben, bevor Sie geantwortet haben.',
    resolved: 'Er wurde gelöst, bevor Sie geantwortet haben.',
  },
  approved: (what, by) => `${what} wurde von ${by} freigegeben`,
  approvedBody: 'Er ist gelöst, und seine Buchung geht in die Buchhaltung.',
  rejected: (what, by) => `${what} wurde von ${by} zurückgewiesen`,
  proposal_lapsed: (what) => `${what} wurde nicht rechtzeitig entschieden`,
  proposalLapsedBody:
    'Der Vorschlag ist vorbei, und nichts wurde gebucht. Der Fall ist wieder übernommen: Schlagen Sie es neu vor, wenn es noch gilt.',
  wait_over: (what) => `${what} wartet nicht mehr`,
  waitedFor: (note) => `Er wartete auf: ${note}`,
  nobodyOf: (team) => `niemand (Team ${team})`,
  settled: (count) => `${count} durch eine Regel erledigt`,
  settledSum: (count, total) => `${count} durch eine Regel erledigt, zusammen ${total}`,
  checks: {
    title: (reconciliation) => `${reconciliation}: weniger Datensätze finden zueinander, als sollten`,
    body: 'Nichts wurde rückgängig gemacht. Prüfen Sie zuerst, ob eine Lieferung fehlt oder abgeschnitten ist oder eine Quelle ihre Referenzen anders schreibt als bisher.',
    names: {
      match_rate: 'Zugeordnet von dem, was fällig ist',
      match_rate_drop: 'Zugeordnet, gemessen am Üblichen',
    },
    found: (found, least) => `${found}; mindestens ${least} war zu erwarten`,
  },
  settledBody: (reconciliation) => `${reconciliation}: nichts zu tun, außer etwas davon sieht falsch aus.`,
  noOrder: 'Kein Auftrag',
  bookedTo: (months) => `gebucht auf ${months}`,
  and: 'Und',
  more: (count) => `${count} weitere`,
  sum: (what, total) => `${what}, zusammen ${total}`,
  step: {
    reminder: {
      one: (what) => `${what} ist bald fällig`,
      many: (count) => `${count} Klärfälle sind bald fällig`,
      body: 'Noch ist Zeit: bitte lösen, zurückstellen oder übergeben.',
    },
    unclaimed: {
      one: (what) => `${what} wurde nicht rechtzeitig übernommen`,
      many: (count) => `${count} Klärfälle wurden nicht rechtzeitig übernommen`,
      body: 'Jemand aus dem Team sollte übernehmen, oder die Teamleitung jemanden finden.',
    },
    breach: {
      one: (what) => `${what} wurde nicht rechtzeitig gelöst`,
      many: (count) => `${count} Klärfälle wurden nicht rechtzeitig gelöst`,
      body: 'Die Stufe wurde erhöht. Zuständigkeit und Status bleiben.',
    },
    escalation: {
      one: (what) => `${what} ist noch immer nicht gelöst`,
      many: (count) => `${count} Klärfälle sind noch immer nicht gelöst`,
      body: 'Die Stufe wurde noch einmal erhöht. Zuständigkeit und Status bleiben.',
    },
    stale: {
      one: (what) => `${what}: seit der Übernahme ist nichts geschehen`,
      many: (count) => `${count} Klärfälle: seit der Übernahme ist nichts geschehen`,
      body: 'Bitte lösen, zurückstellen, übergeben oder zurückgeben. Sonst geht das an das Team zurück.',
    },
    released: {
      one: (what) => `${what} ging an sein Team zurück`,
      many: (count) => `${count} Klärfälle gingen an ihr Team zurück`,
      body: 'Seit der Übernahme war trotz Erinnerung nichts geschehen.',
    },
    ping_pong: {
      one: (what) => `${what} geht von Hand zu Hand`,
      many: (count) => `${count} Klärfälle gehen von Hand zu Hand`,
      body: 'Dreimal übergeben und noch nicht gelöst. Die Stufe wurde erhöht. Zuständigkeit und Status bleiben: bitte entscheiden, wer es löst, oder wie.',
    },
  },
};
