/**
 * Work of seconds that pauses now and then: whoever does it may let the process answer somebody else in between. A press waits for
 * its answer three seconds at most, and a night's records are weighed in the process that answers.
 */
export type Pausing<T> = Generator<void, T, void>;

/** What the work comes to, without a pause. */
export function straight<T>(work: Pausing<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
