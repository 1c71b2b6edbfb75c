/** Runs `work` over all of them, so many at a time. */
export async function forEachOf<T>(
  all: readonly T[],
  inFlight: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const left = all.values();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (const one of left) await work(one);
    }),
  );
}
