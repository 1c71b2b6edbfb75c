import type { Catalogue } from '../catalogue.ts';

export const delivery: Catalogue['delivery'] = {
  troubles: {
    archived: 'er ist archiviert',
    not_member: 'die App ist nicht darin',
    not_found: 'er existiert nicht, oder er ist privat und die App ist nicht darin',
    not_allowed: 'die App darf dort nicht schreiben',
    no_account: 'in Slack gibt es kein solches Konto',
  },
  advice: {
    archived: 'Stellen Sie ihn wieder her, oder nennen Sie in tieout.yaml einen anderen Kanal für das Team.',
    not_member: 'Laden Sie die App dorthin ein: /invite @Tieout.',
    not_found:
      'Legen Sie ihn an oder laden Sie die App ein, oder nennen Sie in tieout.yaml einen anderen Kanal für das Team.',
    not_allowed:
      'Erlauben Sie der App, dort zu schreiben, oder nennen Sie in tieout.yaml einen anderen Kanal für das Team.',
    no_account: 'Berichtigen Sie die Person in tieout.yaml.',
  },
  standsHere: (channel: string, trouble: string): string =>
    `${channel} nimmt keine Nachrichten an: ${trouble}. Deshalb steht dies bis auf Weiteres hier.`,
  movedTo: (label: string, place: string): string => `${label} steht jetzt in ${place}.`,
  movedToPerson: (label: string): string => `${label} steht jetzt in einer Direktnachricht.`,
  thisCard: 'Diese Karte',
  deletedLine: 'Die Karte wurde in Slack gelöscht, deshalb steht sie hier noch einmal.',
  replacedLine:
    'Slack ließ die App die Karte nicht mehr ändern, deshalb steht sie hier neu. Falls die alte noch da ist, ist sie überholt.',
  movedLine: (from: string): string => `Die Karte stand vorher in ${from}.`,
  movedLineBecause: (from: string, trouble: string): string =>
    `Die Karte stand vorher in ${from}; dort gilt: ${trouble}.`,
  lostTitle: (team: string): string => `Der Kanal von ${team} nimmt keine Nachrichten an`,
  lostBody: (channel: string, trouble: string): string => `${channel}: ${trouble}.`,
  lostStandIn:
    'Bis dahin stehen die Karten am nächsten Ort, der Nachrichten annimmt. Sie kehren von selbst zurück.',
  lostNowhere:
    'Bis dahin werden die Karten zurückgehalten. Die Klärfälle sind erfasst: siehe "tieout exceptions".',
  backTitle: (team: string): string => `Der Kanal von ${team} nimmt wieder Nachrichten an`,
  backBody: (channel: string): string =>
    `${channel}: Die Karten, die anderswo standen, kehren jetzt dorthin zurück.`,
  leftTitle: (name: string): string => `${name} ist nicht mehr da`,
  leftBody: (given: number): string =>
    `${given === 1 ? '1 Klärfall ging' : `${given} Klärfälle gingen`} an das Team zurück. Übernehmen Sie, was nicht warten kann.`,
  rehomedTitle: (count, team) =>
    `${count === 1 ? '1 Klärfall gehört' : `${count} Klärfälle gehören`} jetzt zu ${team}`,
  rehomedBody: 'Die Zuständigkeiten haben sich geändert. Fälligkeit und Zuständige bleiben.',
  rehomedYours:
    'Die Zuständigkeiten haben sich geändert. Sie hatten sie übernommen und bleiben zuständig: Übergeben Sie, was nicht mehr Ihre Sache ist.',
};
