/** What stops a payment. Names, amounts and instants that are passed in are written for the reader already. */
export const hold = {
  /** A field of a card. */
  label: 'Payment hold',
  kinds: {
    payout: 'payout',
    vendor_payout: 'vendor payout',
    commission: 'commission',
    client_invoice: 'client invoice',
  },
  everything: 'the whole amount',
  line: (to: { kind: string; amount: string; label: string; since: string }) =>
    `${to.kind}, ${to.amount} (${to.label}, since ${to.since})`,
  until: (to: { held: string; until: string }) => `${to.held}; ends by itself ${to.until}`,
  title: 'Payments on hold',
  none: (to: { typed: string }) =>
    to.typed === ''
      ? 'No payment that you can see is on hold.'
      : `No payment that you can see is on hold for "${to.typed}".`,
  total: (to: { count: number; money: string }) =>
    `${to.count} ${to.count === 1 ? 'hold' : 'holds'}, ${to.money}`,
  payee: (name: string) => `payee ${name}`,
  placedBy: (to: { by: string; since: string }) => `placed by ${to.by}, ${to.since}`,
  since: (since: string) => `since ${since}`,
  hint: 'Nothing pays while a hold is open. It ends when its exception is resolved or cleared, or when two people agree.',
  payeeLabel: 'Payee',
  expired: (held: string) => `A payment is on hold no more: ${held}`,
  expiredBody:
    'The time that the policy gives this kind of hold is over, so it ended by itself. The exception stays open; the payment may go.',
  manyExpired: (count: number) => `${count} payments are on hold no more`,
  manyExpiredBody:
    'The time that the policy gives these kinds of hold is over, so they ended by themselves. Their exceptions stay open; the payments may go.',
  more: (count: number) => `${count} more with /recon holds.`,
};
