import { Fault } from '../../core/fault.ts';
import type { HttpPull, Pull } from '../../core/pull.ts';
import { readRetryAfter } from '../../core/retry-after.ts';
import type { Secrets } from '../../core/secrets.ts';
import { type Reach, type Resolve, shownAddress } from '../../net/reach.ts';
import { type Answer, type Outgoing, send } from '../../net/send.ts';
import type { Authorizer } from './authorize.ts';

/** What a pull needs of the world around it; a test gives its own. */
export type World = {
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** From 0 to below 1. */
  readonly chance: () => number;
  readonly resolve?: Resolve | undefined;
};

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 500;
/** A source that wants a longer pause is asked again by the next pull. */
const LONGEST_WAIT_MS = 5 * 60_000;
const SHOWN = 300;

type Asking = {
  readonly pull: HttpPull & Pull;
  readonly reach: Reach;
  readonly authorizer: Authorizer;
  readonly secrets: Secrets;
  readonly world: World;
  /** Milliseconds since 1970 when the pull ends whatever happens. */
  readonly until: number;
};

/**
 * Asks a source at the pace it allows: 429 and 5xx are asked again after what `Retry-After` says, or with growing pauses; an
 * expired token is exchanged once.
 */
export class Asker {
  readonly #asking: Asking;
  #nextAt = 0;
  #requests = 0;

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  get requests(): number {
    return this.#requests;
  }

  /** The answer with a 2xx status; throws a Fault for anything else, never with a secret in it. */
  async ask(outgoing: Outgoing): Promise<Answer> {
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#once(outgoing, attempt);
      if (answer instanceof Fault) {
        await this.#wait(attempt, undefined, answer);
        continue;
      }
      if (answer.status >= 200 && answer.status < 300) return answer;
      if (answer.status === 401 && !isRenewed && (await this.#asking.authorizer.renew())) {
        isRenewed = true;
        continue;
      }
      const fault = this.#faultOf(answer);
      if (!fault.retryable) throw fault;
      await this.#wait(
        attempt,
        readRetryAfter(answer.headers['retry-after'], this.#asking.world.clock()),
        fault,
      );
    }
  }

  /** A retryable fault comes back as a value while there are attempts left. */
  async #once(outgoing: Outgoing, attempt: number): Promise<Answer | Fault> {
    const { pull, reach, authorizer, world } = this.#asking;
    await this.#pause(this.#nextAt - world.clock());
    this.#nextAt = world.clock() + pull.paceMs;
    this.#requests += 1;
    try {
      return await send(await authorizer.sign(outgoing), {
        reach,
        maxBytes: pull.limits.answerBytes,
        timeMs: Math.min(pull.limits.answerMs, Math.max(this.#left(), 1)),
        redirects: pull.redirects,
        resolve: world.resolve,
      });
    } catch (error) {
      if (error instanceof Fault && error.retryable && attempt < ATTEMPTS) return error;
      throw error;
    }
  }

  async #wait(attempt: number, wantedMs: number | undefined, fault: Fault): Promise<void> {
    if (attempt >= ATTEMPTS) throw fault;
    const most = FIRST_WAIT_MS * 2 ** attempt;
    // Jitter: many that were turned away together must not come back together.
    const ms = wantedMs === undefined ? most * (0.5 + this.#asking.world.chance() / 2) : wantedMs;
    if (ms > LONGEST_WAIT_MS || ms > this.#left()) throw fault;
    await this.#pause(ms);
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await this.#asking.world.sleep(ms);
    if (this.#left() > 0) return;
    const minutes = Math.round(this.#asking.pull.limits.ms / 60_000);
    throw new Fault(
      'pull_too_long',
      `The pull took longer than ${minutes} minutes; it goes on from the last delivery next time.`,
      {
        retryable: true,
      },
    );
  }

  #left(): number {
    return this.#asking.until - this.#asking.world.clock();
  }

  #faultOf(answer: Answer): Fault {
    const { status } = answer;
    const from = `${this.#asking.secrets.hide(shownAddress(answer.url))} answers ${status}`;
    const said = this.#asking.secrets.hide(
      answer.body.subarray(0, SHOWN).toString('utf8').replaceAll(/\s+/g, ' '),
    );
    const words = said === '' ? from : `${from}: ${said}`;
    if (status === 401 || status === 403) {
      return new Fault(
        'source_unauthorized',
        `${words}. Check the credentials that the feed's file names, and their rights.`,
      );
    }
    if (status === 429)
      return new Fault('source_busy', `${words}. It wants fewer requests: set rate in the feed's file.`, {
        retryable: true,
      });
    if (status === 408 || status >= 500) return new Fault('source_failed', `${words}.`, { retryable: true });
    return new Fault('source_refuses', `${words}. Look at url, query and pages in the feed's file.`);
  }
}
