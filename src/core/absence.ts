import { Temporal } from 'temporal-polyfill';

/** Days on which somebody is away, first and last, `YYYY-MM-DD`. */
export type Absence = { readonly from: string; readonly until: string };

/** The instants at which the days begin and end in a zone, whatever the clock does in between. */
export function absenceInstants({ from, until }: Absence, zone: string): { fromAt: Date; untilAt: Date } {
  const startOf = (day: Temporal.PlainDate): Date => new Date(day.toZonedDateTime(zone).epochMilliseconds);
  return {
    fromAt: startOf(Temporal.PlainDate.from(from)),
    untilAt: startOf(Temporal.PlainDate.from(until).add({ days: 1 })),
  };
}

type Somebody = { readonly id: string; readonly isHere: boolean; readonly deputy: string | undefined };

/**
 * Who is there for a person: themselves, else their deputy, else the given one (a team's), and so on as long as those are
 * away too. When nobody is there it is the person all the same.
 */
export function standInFor(
  person: string,
  { people, deputy }: { people: readonly Somebody[]; deputy: string | undefined },
): string {
  const seen: string[] = [];
  let here: string | undefined = person;
  while (here !== undefined) {
    const somebody = people.find(({ id }) => id === here);
    if (somebody?.isHere) return here;
    seen.push(here);
    here = [somebody?.deputy, deputy].find((next) => next !== undefined && !seen.includes(next));
  }
  return person;
}
