import type { Catalogue } from '../catalogue.ts';

export const hold: Catalogue['hold'] = {
  label: 'Paiement bloqué',
  kinds: {
    payout: 'versement',
    vendor_payout: 'versement au fournisseur',
    commission: 'commission de vente',
    client_invoice: 'facture client',
  },
  everything: 'le montant entier',
  line: ({ kind, amount, label, since }) => `${kind}, ${amount} (${label}, depuis ${since})`,
  until: ({ held, until }) => `${held} ; prend fin de lui-même ${until}`,
  title: 'Paiements bloqués',
  none: ({ typed }) =>
    typed === ''
      ? 'Aucun paiement que vous pouvez voir n’est bloqué.'
      : `Aucun paiement que vous pouvez voir n’est bloqué pour « ${typed} ».`,
  total: ({ count, money }) => `${count} ${count === 1 ? 'blocage' : 'blocages'}, ${money}`,
  payee: (name) => `bénéficiaire ${name}`,
  placedBy: ({ by, since }) => `bloqué par ${by}, ${since}`,
  since: (since) => `depuis ${since}`,
  hint: 'Rien n’est payé tant qu’un blocage est ouvert. Il prend fin quand son écart est résolu ou levé, ou quand deux personnes en conviennent.',
  payeeLabel: 'Bénéficiaire',
  expired: (held) => `Un paiement n’est plus bloqué : ${held}`,
  expiredBody:
    'Le délai prévu pour ce type de blocage est dépassé, il a donc pris fin de lui-même. L’écart reste ouvert ; le paiement peut partir.',
  manyExpired: (count) => `${count} paiements ne sont plus bloqués`,
  manyExpiredBody:
    'Le délai prévu pour ces types de blocage est dépassé, ils ont donc pris fin d’eux-mêmes. Leurs écarts restent ouverts ; les paiements peuvent partir.',
  more: (count) => `${count} de plus avec /recon holds.`,
};
