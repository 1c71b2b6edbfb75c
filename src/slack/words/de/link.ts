import type { Catalogue } from '../catalogue.ts';

export const link: Catalogue['link'] = {
  asked: (until) =>
    `Ich kenne Sie hier noch nicht, deshalb wurde nichts geändert. Die Admins werden gefragt, wer Sie sind. Sobald jemand für Sie bürgt, erhalten Sie eine Direktnachricht zur Bestätigung, und Ihr Klick wird ausgeführt. Das gilt bis ${until}.`,
  waiting: (until) =>
    `Die Admins sind bereits gefragt, wer Sie sind; es wurde nichts geändert. Ihr letzter Klick wird ausgeführt, sobald jemand für Sie gebürgt hat. Das gilt bis ${until}; wenden Sie sich an einen Admin, wenn es eilt.`,
  sentAgain: (until) =>
    `Ein Admin hat für Sie gebürgt. Ich habe Ihnen eine Direktnachricht geschickt: Bestätigen Sie dort bis ${until}, dann wird Ihr Klick ausgeführt.`,
  notSent:
    'Ein Admin hat für Sie gebürgt, aber meine Direktnachricht hat Sie nicht erreicht; es wurde nichts geändert. Klicken Sie gleich noch einmal.',
  declinedLately:
    'Ich kenne Sie hier nicht, und ein Admin hat es abgelehnt, für Sie zu bürgen; es wurde nichts geändert. Wenden Sie sich an einen Admin.',

  whoIs: (name) => `Wer ist ${name}?`,
  pressed: (name, action, label) =>
    `${name} hat bei ${label} auf ${action} geklickt. Niemand in tieout.yaml hat diese E-Mail-Adresse.`,
  vouchFor:
    'Wenn Sie wissen, wer das ist, wählen Sie die Person und klicken Sie auf Bürgen. Sie bestätigt es selbst, bevor etwas geschieht.',
  choose: 'Person wählen',
  vouch: 'Bürgen',
  decline: 'Ablehnen',
  standsUntil: (until) => `Das gilt bis ${until}.`,

  chooseFirst: 'Wählen Sie zuerst die Person, dann klicken Sie auf Bürgen.',
  onlyAdmins: 'Nur ein Admin kann für jemanden bürgen. Es wurde nichts geändert; fragen Sie einen.',
  over: 'Ein anderer Admin hat das bereits beantwortet. Es wurde nichts geändert.',
  expired:
    'Die Zeit für die Antwort ist abgelaufen; es wurde nichts geändert. Ein neuer Klick der Person fragt noch einmal.',
  taken: (person) =>
    `${person} hat bereits einen Slack-Benutzer oder ist abgeschaltet; es wurde nichts geändert. Wählen Sie jemand anderen, oder berichtigen Sie tieout.yaml.`,
  vouched: (name, person) =>
    `Sie haben dafür gebürgt, dass ${name} ${person} ist. Die Person wird um Bestätigung gebeten.`,
  vouchedNotTold: (name, person) =>
    `Sie haben dafür gebürgt, dass ${name} ${person} ist, aber meine Nachricht kam nicht an. Bitten Sie die Person, noch einmal zu klicken.`,
  declined: (name) => `Sie haben es abgelehnt, für ${name} zu bürgen. Die Person erfährt es.`,
  declinedTold:
    'Ein Admin hat es abgelehnt, für Sie zu bürgen; Ihr Klick wurde nicht ausgeführt. Wenden Sie sich an einen Admin.',

  confirmTitle: 'Sind Sie das?',
  confirmAsk: (admin, person) =>
    `${admin} sagt, dass Sie hier ${person} sind. Wenn das stimmt, klicken Sie auf die Schaltfläche: Sie werden verknüpft, und Ihr Klick wird ausgeführt. Wenn nicht, tun Sie nichts und sagen Sie es ${admin}.`,
  confirmYes: (person) => `Ja, ich bin ${person}`,
  confirmUntil: (until) => `Die Schaltfläche gilt einmal und bis ${until}.`,
  linked: (person) => `Ab jetzt sind Sie hier ${person}.`,
  carriedOut: (action, label, status) =>
    `Ihr Klick auf ${action} bei ${label} wurde bearbeitet. Stand jetzt: ${status}`,
  nothingKept: 'Klicken Sie noch einmal auf das, was Sie wollten.',
  notYours:
    'Das ist für jemand anderen; es wurde nichts geändert. Klicken Sie auf eine Karte, um selbst gefragt zu werden.',
  used: 'Das wurde bereits benutzt und gilt nur einmal. Wenn man Sie noch nicht kennt, klicken Sie noch einmal auf eine Karte.',
  linkExpired:
    'Die Zeit für die Bestätigung ist abgelaufen; es wurde nichts geändert. Klicken Sie noch einmal auf eine Karte.',
  alreadyLinked: (person) =>
    `Sie sind hier bereits ${person}; es wurde nichts geändert. Fragen Sie einen Admin, wenn das falsch ist.`,
};
