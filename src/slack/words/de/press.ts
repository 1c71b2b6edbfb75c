import type { Catalogue } from '../catalogue.ts';

export const press: Catalogue['press'] = {
  notMine: 'Diese Schaltfläche gehört nicht mehr zu mir. Benutzen Sie die neueste Karte im Kanal.',
  buttonUnknown: 'Diese Schaltfläche tut nichts (mehr). Benutzen Sie die neueste Karte im Kanal.',
  formNotMine:
    'Dieses Formular gehört nicht mehr zu mir. Schließen Sie es, und öffnen Sie es von der Karte aus neu.',
  homeButtonNotMine: 'Diese Schaltfläche gehört nicht mehr zu mir. Öffnen Sie die Startseite noch einmal.',
  notDone: 'Nicht ausgeführt',
  mayBeOpen: 'Slack antwortet langsam. Falls sich kein Formular geöffnet hat, drücken Sie noch einmal.',
  expired:
    'Slack hat zu lange gebraucht, deshalb konnte das Formular nicht geöffnet werden. Klicken Sie noch einmal auf die Schaltfläche.',
  commandUnknown: (command) =>
    `Den Befehl ${command} gibt es hier noch nicht. Benutzen Sie die Schaltflächen der Karten.`,
  approved: 'Freigegeben: Der Klärfall ist gelöst und seine Buchung gemacht.',
  isYours:
    'Er gehört jetzt Ihnen. Auf seiner Karte im Kanal stehen die Schaltflächen, mit denen es weitergeht.',
  fault: ({ state, reference }) =>
    `Hier ist etwas schiefgegangen, nicht bei Ihnen. ${state}: Sehen Sie auf die Karte, und klicken Sie gleich noch einmal. Bleibt es so, nennen Sie dem Betrieb die Referenz ${reference}.`,
  askedFault: (reference) =>
    `Hier ist etwas schiefgegangen, nicht bei Ihnen. Fragen Sie gleich noch einmal. Bleibt es so, nennen Sie dem Betrieb die Referenz ${reference}.`,
  faultMaybeDone: 'Es kann ausgeführt worden sein oder auch nicht',
  faultNothingDone: 'Nichts wurde geändert',
  unknownToSlack: 'Slack kennt Sie in diesem Workspace nicht. Fragen Sie einen Admin.',
  notAPerson: 'Das können nur aktive Personen. Fragen Sie einen Admin dieses Slack-Workspaces.',
  guest: 'Das können nur Mitglieder dieses Slack-Workspaces, keine Gäste aus einem anderen.',
  noEmail:
    'Ich sehe keine bestätigte E-Mail-Adresse von Ihnen und weiß deshalb nicht, wer Sie hier sind. Bitten Sie einen Admin, der App users:read.email zu geben oder Ihre Slack-Benutzer-ID in tieout.yaml einzutragen.',
  unknownPerson: (email) =>
    `Ich kenne Sie hier nicht: Keine aktive Person in tieout.yaml hat die E-Mail-Adresse ${email}. Bitten Sie einen Admin, Sie unter people einzutragen; nichts wurde geändert.`,
};
