import type { Catalogue } from '../catalogue.ts';

export const hold: Catalogue['hold'] = {
  label: 'Zahlungssperre',
  kinds: {
    payout: 'Auszahlung',
    vendor_payout: 'Auszahlung an den Lieferanten',
    commission: 'Provision',
    client_invoice: 'Kundenrechnung',
  },
  everything: 'der ganze Betrag',
  line: ({ kind, amount, label, since }) => `${kind}, ${amount} (${label}, seit ${since})`,
  until: ({ held, until }) => `${held}; endet von selbst ${until}`,
  title: 'Gesperrte Zahlungen',
  none: ({ typed }) =>
    typed === ''
      ? 'Keine Zahlung, die Sie sehen können, ist gesperrt.'
      : `Keine Zahlung, die Sie sehen können, ist für „${typed}“ gesperrt.`,
  total: ({ count, money }) => `${count} ${count === 1 ? 'Sperre' : 'Sperren'}, ${money}`,
  payee: (name) => `Empfänger ${name}`,
  placedBy: ({ by, since }) => `gesperrt von ${by}, ${since}`,
  since: (since) => `seit ${since}`,
  hint: 'Solange eine Sperre offen ist, wird nichts gezahlt. Sie endet, wenn ihr Klärfall gelöst oder durch einen Lauf erledigt ist, oder wenn zwei Personen einig sind.',
  payeeLabel: 'Empfänger',
  expired: (held) => `Eine Zahlung ist nicht mehr gesperrt: ${held}`,
  expiredBody:
    'Die Frist, die für solche Sperren festgelegt ist, ist vorbei, deshalb endete sie von selbst. Der Klärfall bleibt offen; die Zahlung darf gehen.',
  manyExpired: (count) => `${count} Zahlungen sind nicht mehr gesperrt`,
  manyExpiredBody:
    'Die Frist, die für solche Sperren festgelegt ist, ist vorbei, deshalb endeten sie von selbst. Ihre Klärfälle bleiben offen; die Zahlungen dürfen gehen.',
  more: (count) => `${count} weitere mit /recon holds.`,
};
