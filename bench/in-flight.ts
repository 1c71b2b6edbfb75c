/** Runs `work` over all the ids, so many at a time. */
export async function forEachOf(
  ids: readonly string[],
  inFlight: number,
  work: (id: string) => Promise<void>,
): Promise<void> {
  const left = ids.values();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (const id of left) await work(id);
    }),
  );
}
