/** Amounts of one currency, in minor units, and how many rows they are of. */
export type Total = { readonly minor: bigint; readonly rows: number };

/** Counts an amount in, where the row has one. */
export function addAmount(
  totals: Map<string, Total>,
  {
    amountMinor,
    currency,
  }: { readonly amountMinor: bigint | undefined; readonly currency: string | undefined },
): void {
  if (amountMinor === undefined || currency === undefined) return;
  const { minor, rows } = totals.get(currency) ?? { minor: 0n, rows: 0 };
  totals.set(currency, { minor: minor + amountMinor, rows: rows + 1 });
}

/**
 * The amounts per currency of what became or stayed a record, minor units as text: the delivery's control totals. A row
 * that repeats another counts once.
 */
export function totals(
  accepted: ReadonlyMap<string, Total>,
  superseded: ReadonlyMap<string, Total>,
): Readonly<Record<string, string>> {
  const standing = [...accepted].flatMap(([currency, { minor, rows }]) => {
    const gone = superseded.get(currency) ?? { minor: 0n, rows: 0 };
    return rows === gone.rows ? [] : [[currency, (minor - gone.minor).toString()] as const];
  });
  return Object.fromEntries(standing.sort());
}
