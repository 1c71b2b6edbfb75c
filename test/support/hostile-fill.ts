import type { Money } from '../../src/core/money.ts';
import { type Dice, diceOf } from './hostile-strings.ts';

/** Fills the blanks of a surface: texts from a list, everything else by the number of the rendering. */
export type Fill = {
  readonly text: () => string;
  readonly maybe: () => string | undefined;
  readonly orNull: () => string | null;
  /** An address that somebody typed, or that is none. */
  readonly address: () => string | undefined;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly yes: () => boolean;
  readonly whole: (below: number) => number;
  readonly money: () => Money;
  readonly instant: () => Date;
  /** Every instant that was filled in, in seconds. */
  readonly instants: ReadonlySet<number>;
  readonly id: () => string;
  /** A few of them, now and then as many as `most`. */
  readonly many: <T>(most: number, make: (index: number) => T) => T[];
};

/** Texts from a list, one after the other from a start, so that over as many renderings each text is in every blank. */
export function textsFrom(list: readonly string[], start: number): () => string {
  let next = start;
  return () => {
    const text = list[next % list.length] as string;
    next += 1;
    return text;
  };
}

const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD', 'CLF'] as const;
/** One rendering of so many has lists as long as they get. */
const FULL = 40;

/** The blanks of one rendering. The same number gives the same shape, whatever the texts are. */
export function fillOf(rendering: number, text: () => string): Fill {
  const dice = diceOf(rendering * 7_919 + 1);
  const isFull = rendering % FULL === FULL - 1;
  const instants = new Set<number>();
  const whole = (below: number): number => Math.floor(dice() * below);
  const yes = (): boolean => dice() < 0.5;
  return {
    text,
    yes,
    whole,
    maybe: () => (dice() < 0.2 ? undefined : text()),
    orNull: () => (dice() < 0.2 ? null : text()),
    address: () => addressOf(dice, text),
    pick: (from) => from[whole(from.length)] as (typeof from)[number],
    money: () => ({
      minor: BigInt(whole(10 ** 9)),
      currency: CURRENCIES[whole(CURRENCIES.length)] as string,
    }),
    instants,
    instant: () => {
      // No hostile date has these seconds.
      const seconds = 1_600_000_007 + whole(3_000_000) * 100;
      instants.add(seconds);
      return new Date(seconds * 1_000);
    },
    id: () => uuidOf(dice),
    many: (most, make) =>
      Array.from({ length: isFull ? most : whole(Math.min(most, 3) + 1) }, (_, index) => make(index)),
  };
}

function addressOf(dice: Dice, text: () => string): string | undefined {
  const part = text();
  const kind = Math.floor(dice() * 5);
  return [undefined, part, `https://vendor.example/${part}`, `https://${part}.example/`, `http://x/${part}`][
    kind
  ];
}

const uuidOf = (dice: Dice): string => {
  const hex = (length: number): string =>
    Array.from({ length }, () => Math.floor(dice() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
};
