/**
 * Groups of records of one side that leave matching together, before any pass: nobody has to do anything about them, and
 * each is accounted for. No pass of a spec may have such a name.
 */
export const ONE_SIDED = {
  /** A reversal and what it reverses: together they come to nothing. */
  reversals: { reason: 'REVERSED' },
  /** Records of contacts that were merged into others, which stay. */
  identity: { reason: 'MERGED' },
} as const satisfies Readonly<Record<string, { readonly reason: string }>>;

export type OneSided = keyof typeof ONE_SIDED;

export const isOneSided = (pass: string): pass is OneSided => Object.hasOwn(ONE_SIDED, pass);
