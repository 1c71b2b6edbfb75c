/** Who would get cards of which type: what a flood is counted by. */
export type FloodKey = { readonly teamId: string; readonly type: string };

/** An exception that has no message in Slack yet and now wants one. */
export type Newcomer = FloodKey & { readonly exceptionId: string };

/** What the record says of one key at that moment. */
export type FloodFacts = FloodKey & {
  /** Exceptions of the key that were opened within the window before, without the newcomers. */
  readonly openedBefore: number;
  /** The group of the key that was opened within the window; it takes further ones. */
  readonly groupId: string | undefined;
};

/** What one group takes in: a new one when it has no id yet. */
export type GroupPlan = FloodKey & {
  readonly groupId: string | undefined;
  readonly exceptionIds: readonly string[];
};

export type FloodPlan = {
  readonly groups: readonly GroupPlan[];
  /** Newcomers that get a card of their own. */
  readonly cards: readonly string[];
};

const nameOf = ({ teamId, type }: FloodKey): string => `${teamId}/${type}`;

/** The keys of the newcomers, each once, in their order. */
export function floodKeys(newcomers: readonly FloodKey[]): FloodKey[] {
  const keys = new Map<string, FloodKey>();
  for (const { teamId, type } of newcomers) {
    const name = nameOf({ teamId, type });
    if (!keys.has(name)) keys.set(name, { teamId, type });
  }
  return [...keys.values()];
}

/**
 * Decides which newcomers are shown by a group's card and which get their own. A key floods when its group is still within
 * its window, or when more than `threshold` were opened within it, the newcomers included.
 */
export function planFlood(
  newcomers: readonly Newcomer[],
  facts: readonly FloodFacts[],
  threshold: number,
): FloodPlan {
  const factsOf = new Map(facts.map((fact) => [nameOf(fact), fact]));
  const groups: GroupPlan[] = [];
  const cards: string[] = [];
  for (const [name, { key, exceptionIds }] of byKey(newcomers)) {
    const fact = factsOf.get(name);
    const isFlood =
      fact?.groupId !== undefined || (fact?.openedBefore ?? 0) + exceptionIds.length > threshold;
    if (isFlood) groups.push({ ...key, groupId: fact?.groupId, exceptionIds });
    else for (const exceptionId of exceptionIds) cards.push(exceptionId);
  }
  return { groups, cards };
}

/** Who shares a key, by the key's name; keys in the order in which they come first. */
function byKey(newcomers: readonly Newcomer[]) {
  const found = new Map<string, { readonly key: FloodKey; readonly exceptionIds: string[] }>();
  for (const { teamId, type, exceptionId } of newcomers) {
    const name = nameOf({ teamId, type });
    const known = found.get(name);
    if (known) known.exceptionIds.push(exceptionId);
    else found.set(name, { key: { teamId, type }, exceptionIds: [exceptionId] });
  }
  return found;
}
