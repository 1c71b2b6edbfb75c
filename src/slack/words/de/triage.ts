import type { Catalogue } from '../catalogue.ts';

const times = (n: number): string => (n === 1 ? 'einmal' : `${n}-mal`);

export const triage: Catalogue['triage'] = {
  title: ({ page, pages }) => (pages === 1 ? 'Agenda der Triage' : `Agenda der Triage, ${page} von ${pages}`),
  meets: ({ at }) => `Die Sitzung ist ${at}.`,
  about: ({ count, money }) =>
    `${count} ${count === 1 ? 'Klärfall' : 'Klärfälle'}, ${money}: Alle Schritte der Richtlinie sind getan, und noch immer offen.`,
  left: ({ undecided, count }) =>
    undecided === 0 ? 'Alles ist entschieden.' : `${undecided} von ${count} noch zu entscheiden.`,
  leftOver: (count) => `${count} weitere warten auf die nächste Sitzung; die größten Beträge kommen zuerst.`,
  owner: 'Zuständig',
  openFor: 'Offen seit',
  tried: 'Bisher versucht',
  lastSaid: 'Zuletzt gesagt',
  proposed: 'Vorschlag',
  nothingTried: 'nichts',
  had: ({ count, who, ended }) =>
    `${count === 1 ? '' : `${count}-mal bei jemandem, zuletzt `}bei ${who} (${ended ?? 'hat ihn noch'})`,
  besides: {
    wait: (n) => `${times(n)} gewartet`,
    escalate: (n) => `${times(n)} eskaliert`,
  },
  decisions: {
    assign: 'jemandem geben',
    write_off: 'abschreiben',
    accept: 'so annehmen',
    rule_change: 'die Regel ändern: mehrere sind gleich',
  },
  buttons: {
    assign: 'Zuweisen',
    write_off: 'Abschreiben',
    accept: 'Annehmen',
    rule_change: 'Regel ändern',
  },
  outcomes: {
    assign: ({ to, by, at }) => `An ${to} gegeben von ${by}, ${at}`,
    rule_change: ({ by, at }) => `Regeländerung verlangt von ${by}, ${at}`,
    resolved: ({ code, by, at }) => `Gelöst als ${code} von ${by}, ${at}`,
    cleared: ({ at }) => `Durch einen Lauf erledigt, ${at}`,
    carried: ({ at }) => `Nicht entschieden; auf der nächsten Agenda, ${at}`,
  },
  nobody: 'niemand',
  assignTitle: (label) => `${label} zuweisen`,
  person: 'Wer ihn übernimmt',
  choosePerson: 'Person wählen',
  note: 'Was erwartet wird',
  assignSubmit: 'Zuweisen',
  ruleTitle: (label) => `Regel für ${label}`,
  ruleNote: 'Was soll die Regel sagen?',
  ruleHint:
    'Es steht in der Akte und im Protokoll; wer die Regeln pflegt, schlägt die Änderung von dort aus vor.',
  ruleSubmit: 'Verlangen',
  nobodyToTake: 'In keinem Team könnte ihn jemand übernehmen. Ergänzen Sie ein Team in der Konfiguration.',
};
