/**
 * What `send` is answered of each item, in their order. The next item is sent while the one before is worked on, and no further ahead: what
 * is to be sent is in memory twice at most. The first that fails is thrown; what was sent after it has failed with it, or is not asked about.
 */
export async function oneAhead<T, R>(items: Iterable<T>, send: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  let before: Promise<R> | undefined;
  for (const item of items) {
    const sent = send(item);
    sent.catch(() => undefined); // thrown where it is awaited, which may never come
    if (before) answers.push(await before);
    before = sent;
  }
  if (before) answers.push(await before);
  return answers;
}
