/** Adjustments and write-offs, for finance. Names, amounts and instants that are passed in are written for the reader already. */
export const entry = {
  title: 'Adjustments and write-offs',
  none: 'Nothing that you can see waits for a second person or is booked.',
  noMatch: (to: { typed: string; near: string | undefined }) =>
    `Nothing that you can see fits "${to.typed}"${to.near === undefined ? '. /recon adjustments alone shows all of it.' : `; did you mean "${to.near}"?`}`,
  sums: {
    waiting: (to: { count: number; money: string }) => `${to.count} waiting for a second person, ${to.money}`,
    booked: (to: { count: number; money: string }) => `${to.count} booked, ${to.money}`,
  },
  heads: { waiting: 'Waiting for a second person', booked: 'Booked, the latest first' },
  reversalOf: (label: string) => `reversal of ${label}`,
  askedBy: (to: { by: string; at: string }) => `proposed by ${to.by}, ${to.at}`,
  decideUntil: (at: string) => `decide until ${at}`,
  madeBy: (to: { by: string; at: string }) => `by ${to.by}, ${to.at}`,
  approvedBy: (by: string) => `approved by ${by}`,
  bookedTo: (month: string) => `booked to ${month}`,
  belongsTo: (month: string) => `belongs to ${month}`,
  reversedBy: (label: string) => `reversed by ${label}`,
  hint: 'What waits is approved or rejected by another person: on the message that asks for it, or with /recon show EX-n. What is booked is never changed, only reversed.',
};
