/** Something changed that a page may want to show. Without `user` it concerns everyone. */
export type Change =
  | { kind: 'messages'; channel: string; threadTs?: string; user?: string }
  | { kind: 'views'; user: string }
  | { kind: 'home'; user: string }
  | { kind: 'channels' }
  | { kind: 'faults' }
  | { kind: 'notice'; user: string; text: string; detail: string; channel?: string; ts?: string };

type Listener = (change: Change) => void;

/** Tells open pages and waiting tests about changes as they happen. */
export class Live {
  readonly #listeners = new Set<Listener>();

  emit(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
