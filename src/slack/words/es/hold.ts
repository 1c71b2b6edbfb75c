import type { Catalogue } from '../catalogue.ts';

export const hold: Catalogue['hold'] = {
  label: 'Pago retenido',
  kinds: {
    payout: 'pago',
    vendor_payout: 'pago al proveedor',
    commission: 'comisión',
    client_invoice: 'factura al cliente',
  },
  everything: 'el importe entero',
  line: ({ kind, amount, label, since }) => `${kind}, ${amount} (${label}, desde ${since})`,
  until: ({ held, until }) => `${held}; termina por sí sola ${until}`,
  title: 'Pagos retenidos',
  none: ({ typed }) =>
    typed === ''
      ? 'Ningún pago que usted pueda ver está retenido.'
      : `Ningún pago que usted pueda ver está retenido para «${typed}».`,
  total: ({ count, money }) => `${count} ${count === 1 ? 'retención' : 'retenciones'}, ${money}`,
  payee: (name) => `beneficiario ${name}`,
  placedBy: ({ by, since }) => `retenido por ${by}, ${since}`,
  since: (since) => `desde ${since}`,
  hint: 'Nada se paga mientras una retención está abierta. Termina cuando su incidencia se resuelve o se despeja, o cuando dos personas lo acuerdan.',
  payeeLabel: 'Beneficiario',
  expired: (held) => `Un pago ya no está retenido: ${held}`,
  expiredBody:
    'El plazo fijado para este tipo de retención ha pasado, así que terminó por sí sola. La incidencia sigue abierta; el pago puede salir.',
  manyExpired: (count) => `${count} pagos ya no están retenidos`,
  manyExpiredBody:
    'El plazo fijado para estos tipos de retención ha pasado, así que terminaron por sí solos. Sus incidencias siguen abiertas; los pagos pueden salir.',
  more: (count) => `${count} más con /recon holds.`,
};
