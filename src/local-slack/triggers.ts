import { randomBytes } from 'node:crypto';

export type TriggerRefusal = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';
type Trigger = { user: string; at: number; used: boolean; viewId: string | undefined };

const TRIGGER_LIFETIME_MS = 3000;

/** Gives out trigger_ids, each good for one view within three seconds. */
export class Triggers {
  readonly #issued = new Map<string, Trigger>();
  readonly #clock: () => number;
  #count = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  issue(user: string, viewId?: string): string {
    this.#count += 1;
    const id = `${1000 + this.#count}.${this.#clock()}.${randomBytes(16).toString('hex')}`;
    this.#issued.set(id, { user, at: this.#clock(), used: false, viewId });
    this.#forgetOld();
    return id;
  }

  /** The trigger, still unused; or why it is refused. */
  look(id: string): Trigger | TriggerRefusal {
    const trigger = this.#issued.get(id);
    if (!trigger) return 'invalid_trigger_id';
    if (trigger.used) return 'exchanged_trigger_id';
    if (this.#clock() - trigger.at > TRIGGER_LIFETIME_MS) return 'expired_trigger_id';
    return trigger;
  }

  use(id: string): void {
    const trigger = this.#issued.get(id);
    if (trigger) trigger.used = true;
  }

  #forgetOld(): void {
    if (this.#issued.size <= 20_000) return;
    const oldest = this.#issued.keys().next().value;
    if (oldest !== undefined) this.#issued.delete(oldest);
  }
}
