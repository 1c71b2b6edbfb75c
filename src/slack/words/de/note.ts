import type { Catalogue } from '../catalogue.ts';

export const note: Catalogue['note'] = {
  kept: (label) => `Als Notiz zu ${label} festgehalten. Sie steht unter Details.`,
  keptBefore: (label) => `Diese Nachricht ist bereits eine Notiz zu ${label}; es hat sich nichts geändert.`,
  empty:
    'Es gibt nichts festzuhalten. Schreiben Sie die Notiz hinter die Erwähnung, oder wählen Sie im Menü einer Nachricht mit Text „Keep as note“.',
  tooLong: (limit) =>
    `Eine Notiz fasst höchstens ${limit} Zeichen, deshalb wurde nichts festgehalten. Senden Sie sie in zwei Nachrichten.`,
  elsewhere:
    'Hier weiß ich nicht, welchen Klärfall Sie meinen. Erwähnen Sie mich im Thread seiner Karte, oder wählen Sie im Menü Ihrer Nachricht „Keep as note“.',
  whichOfGroup:
    'In diesem Thread geht es um viele Klärfälle. Erwähnen Sie mich noch einmal mit der Nummer des gemeinten, etwa EX-1042.',
  notOfGroup: (label) =>
    `${label} gehört nicht zu diesem Thread, deshalb wurde nichts festgehalten. Suchen Sie die Nummer in der Liste der Gruppe, und erwähnen Sie mich noch einmal.`,
  ownMessage:
    'Diese Nachricht ist von mir und bereits dokumentiert. Wählen Sie „Keep as note“ bei einer Nachricht, die jemand geschrieben hat.',
  title: 'Als Notiz festhalten',
  submit: 'Festhalten',
  cancel: 'Abbrechen',
  which: 'Zu welchem Klärfall?',
  whichHint: 'Suchen Sie nach Nummer, Kunde oder Auftrag.',
  choose: 'Klärfall wählen',
  text: 'Notiz',
  writtenBy: (name) => `Geschrieben von ${name}`,
  unknownException: 'Wählen Sie einen der Klärfälle, die die Suche anbietet.',
  expired:
    'Slack hat zu lange gebraucht, deshalb konnte das Formular nicht geöffnet werden. Wählen Sie „Keep as note“ noch einmal.',
};
