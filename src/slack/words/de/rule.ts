import type { Catalogue } from '../catalogue.ts';

export const rule: Catalogue['rule'] = {
  seats: {
    data_owner: 'Datenverantwortung',
    ops_lead: 'operative Leitung',
    governance: 'Regelprüfung',
  },
  titles: {
    pending: (name) => `Regeländerung: ${name}`,
    activated: (name) => `Regel geändert: ${name}`,
    rejected: (name) => `Änderung abgelehnt: ${name}`,
    withdrawn: (name) => `Änderung zurückgezogen: ${name}`,
    expired: (name) => `Änderung nicht rechtzeitig entschieden: ${name}`,
  },
  bodies: {
    pending:
      'Läufe nutzen die Regel, wie sie ist, bis Datenverantwortung, operative Leitung und Regelprüfung zugestimmt haben: drei verschiedene Personen, keine davon die, die fragt.',
    activated: 'Alle drei haben zugestimmt. Der nächste Lauf nutzt die geänderte Regel.',
    rejected: 'Die Regel bleibt, wie sie war.',
    withdrawn: 'Die Regel bleibt, wie sie war.',
    expired: 'Die Regel bleibt, wie sie war. Wer die Änderung will, schlägt sie noch einmal vor.',
  },
  labels: {
    by: 'Vorgeschlagen von',
    why: 'Warum',
    version: 'Version',
    until: 'Entscheiden bis',
    decided: 'Entschieden',
    note: 'Notiz',
  },
  version: ({ from, to }) => `${to}, statt ${from}`,
  clock: 'niemand, die Frist war vorbei',
  decided: ({ who, at }) => `${who}, ${at}`,
  approvals: 'Zustimmungen',
  taken: ({ seat, name, at }) => `${seat}: ${name}, ${at}`,
  open: ({ seat, who }) => (who === '' ? `${seat}: noch offen` : `${seat}: noch offen, gefragt ist ${who}`),
  unfilled: (seat) => `${seat}: nie erteilt`,
  others: (count) => `${count} weitere`,
  changes: 'Was sich ändert',
  gone: 'nicht mehr',
  come: 'neu',
  places: 'In der Datei',
  place: ({ path, before, after }) => {
    if (before === null) return `${path}: neu, ${after ?? ''}`;
    return after === null ? `${path}: entfällt, war ${before}` : `${path}: ${before} → ${after}`;
  },
  more: (count) => `${count} weitere: unter Details`,
  cut: (count) => `${count} weitere: tieout rules status zeigt alles`,
  forms: {
    approve: {
      title: 'Regeländerung zulassen',
      submit: 'Freigeben',
      seat: 'Als wer?',
      seatHint: 'Jede der drei ist eine andere Person. Wer mehrere Rollen hat, nimmt einen Platz ein.',
      note: 'Notiz',
    },
    reject: {
      title: 'Regeländerung ablehnen',
      submit: 'Ablehnen',
      reasonHint: 'Damit endet die Änderung. Wer sie vorgeschlagen hat, erfährt es.',
    },
    details: 'Regeländerung',
  },
  approved: ({ seat }) => `Zugestimmt, als ${seat}.`,
  approvedLast: 'Zugestimmt. Alle drei sind sich einig, und der nächste Lauf nutzt die geänderte Regel.',
  rejected: 'Abgelehnt. Die Regel bleibt, wie sie war.',
  recon: ({ version, by, until, open }) =>
    `${by} schlägt eine Änderung zu Version ${version} vor. Noch nötig bis ${until}: ${open}`,
  governed:
    'Eine Regel ändert sich durch Vorschlag (tieout rules propose) und drei Zustimmungen. Eine allein: /recon rules und ihr Name.',
  over: {
    activated: 'Dieser Änderung haben alle drei schon zugestimmt, sie gilt.',
    rejected: 'Diese Änderung wurde schon abgelehnt.',
    withdrawn: 'Diese Änderung hat zurückgezogen, wer sie vorgeschlagen hatte.',
    expired: 'Die Frist, über diese Änderung zu entscheiden, ist vorbei.',
  },
  refusals: {
    rules_not_governed: () =>
      'Regeln ändern sich hier nicht durch Zustimmung: tieout.yaml hat keinen Abschnitt governance, also entscheiden die Dateien. Fügen Sie governance mit einem Kanal hinzu, oder ändern Sie einfach die Datei.',
    rule_unknown: ({ name }) =>
      `${name} steht noch nicht in den Aufzeichnungen, es gibt also nichts zu ändern. Legen Sie die Datei in reconciliations ab und lassen Sie sie laufen: Die erste Version gilt von Anfang an.`,
    rule_unchanged: ({ name, version }) =>
      `Das sagt, was Version ${version} von ${name} sagt, und die gilt. Es gibt nichts vorzuschlagen; ändern Sie zuerst die Datei.`,
    rule_change_pending: ({ name, by, until }) =>
      `${by} hat schon eine Änderung von ${name} vorgeschlagen, über die bis ${until} entschieden werden kann. Lassen Sie zuerst darüber entscheiden oder sie zurückziehen.`,
    too_few_approvers: () =>
      'Drei verschiedene Personen müssen zustimmen, und Sie sind keine davon; die Konfiguration hat nicht genug mit diesen Rollen. Bitten Sie einen Admin, die Rollen data_owner, ops_lead und governance weiteren Personen zu geben.',
    rule_change_unknown: () =>
      'Diese Änderung gibt es hier nicht mehr. Nichts hat sich geändert; sehen Sie die neueste Nachricht des Kanals an, oder /recon rules.',
    rule_change_over: ({ how, by, at }) =>
      `${how} (${by === undefined ? '' : `${by}, `}${at}) Jetzt hat sich nichts geändert; sehen Sie die Nachricht an, wie sie ist.`,
    rule_change_outdated: ({ name }) =>
      `Die Regel von ${name} hat sich seit dem Vorschlag geändert, Sie würden also anderem zustimmen, als Sie lesen. Lehnen Sie ihn ab und lassen Sie ihn neu machen.`,
    own_rule_change: () =>
      'Sie haben diese Änderung selbst vorgeschlagen, also müssen drei andere Personen zustimmen. Ablehnen zieht sie zurück.',
    already_seated: ({ seat }) =>
      `Sie haben schon zugestimmt, als ${seat}. Nötig sind drei verschiedene Personen, nicht drei Rollen einer Person: Fragen Sie jemand anderen.`,
    seat_taken: ({ seat, name, at }) =>
      `${name} hat als ${seat} schon zugestimmt, ${at}. Nur die offenen Plätze werden noch gebraucht.`,
    seat_not_yours: ({ seat }) =>
      `Sie dürfen nicht als ${seat} zustimmen: Sie haben diese Rolle nicht, oder nicht mehr. Wählen Sie einen Platz, der Ihrer ist, oder bitten Sie einen Admin um die Rolle.`,
    seat_unknown: ({ given }) =>
      `„${given}“ ist kein Platz einer Zustimmung. Wählen Sie Datenverantwortung, operative Leitung oder Regelprüfung.`,
  },
};
