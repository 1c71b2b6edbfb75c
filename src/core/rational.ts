/** An exact fraction; `d` is positive. Rules compare amounts through it, so that 2 % of 0.33 is not rounded. */
export type Rational = { readonly n: bigint; readonly d: bigint };

export const add = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
export const subtract = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
export const multiply = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d });

/** Negative when a < b, 0 when equal, positive when a > b. */
export const compare = (a: Rational, b: Rational): number => {
  const left = a.n * b.d;
  const right = b.n * a.d;
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

/** The exact fraction written by a plain decimal like `1.10`. */
export function fromDecimal(text: string): Rational {
  const [wholePart = '0', fraction = ''] = text.split('.');
  return { n: BigInt(wholePart + fraction), d: 10n ** BigInt(fraction.length) };
}
