import { setTimeout as sleep } from 'node:timers/promises';
import { type ActFacts, checkPress } from '../../core/act.ts';
import { cutoffDay } from '../../core/cutoff.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonAction } from '../../core/permission.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Sql } from '../../db/client.ts';
import { enqueueCards } from '../../db/outbox/enqueue.ts';
import { wakeSoon } from '../../db/outbox/wake-soon.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { type Acted, type ActInput, isDenied, repeated } from '../act/act.ts';
import { actFacts } from '../act/act-facts.sql.ts';
import { keepOutcome } from '../act/keep-outcome.sql.ts';
import { readOutcome } from '../act/read-outcome.sql.ts';
import { takeRequest } from '../act/take-request.sql.ts';
import { lockExceptions } from '../apply/lock-exceptions.sql.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { type PairPlace, pairPlace } from './place.sql.ts';
import { tryLockPairs } from './try-lock-pairs.sql.ts';

export type PairInput = Omit<ActInput, 'read'>;

export type PairSettings = {
  /** As configured. */
  readonly specs: readonly Reconciliation[];
  readonly organisation: Pick<Organisation, 'ownership' | 'calendar' | 'flood' | 'resolutionCodes'>;
  readonly now?: Date;
};

/** What became of a decision about pairs, and which other exceptions moved with it. */
export type Paired = Acted & {
  readonly also: readonly { readonly number: number; readonly how: 'open' | 'update' | 'reopen' | 'clear' }[];
};

/** What a decision is taken in: one transaction that no run and no other decision of the reconciliation is in with it. */
export type Pairing = {
  readonly tx: Tx;
  readonly input: PairInput;
  readonly settings: PairSettings;
  readonly place: PairPlace;
  readonly spec: Reconciliation;
  /** The last day that the last run looked at. */
  readonly cutoffOn: string;
  readonly facts: ActFacts;
  readonly now: Date;
};

export type PairKind = {
  readonly action: Extract<PersonAction, 'match' | 'unmatch' | 'never' | 'lift'>;
  /** Refuses before anything is written, or writes all of it. */
  readonly decide: (pairing: Pairing) => Promise<Result<Paired, Refusal>>;
};

/**
 * One decision of a person about which records belong together: what follows for every exception it touches is written
 * with it, with audit events and cards, as the next run would find it; or nothing changes and the person is told why.
 *
 * Throws: Fault of the database, as `act` does.
 */
export async function decidePair(
  sql: Sql,
  input: PairInput,
  settings: PairSettings,
  kind: PairKind,
): Promise<Result<Paired, Refusal>> {
  const answer = await inWorkspace(sql, input.workspaceId, (tx) => once(tx, input, settings, kind), {
    repeatable: true,
  });
  if (answer.ok && !answer.value.repeated) wakeSoon(sql, input.workspaceId);
  return answer;
}

async function once(
  tx: Tx,
  input: PairInput,
  settings: PairSettings,
  kind: PairKind,
): Promise<Result<Paired, Refusal>> {
  const isNew = await takeRequest(tx, input);
  if (!isNew) return repeated<Paired>(await readOutcome(tx, input));
  const pairing = await prepare(tx, input, settings, kind);
  const outcome = pairing.ok ? await kind.decide(pairing.value) : pairing;
  await keepOutcome(tx, { ...input, outcome });
  if (!outcome.ok) await answerRefused(tx, input, { kind, refusal: outcome.refusal });
  return outcome;
}

async function prepare(
  tx: Tx,
  input: PairInput,
  settings: PairSettings,
  { action }: PairKind,
): Promise<Result<Pairing, Refusal>> {
  const place = await pairPlace(tx, input);
  if (!place) return refuse({ code: 'not_found' });
  if (!(await lockSoon(tx, place.reconciliationId))) return refuse({ code: 'run_under_way' });
  // Read under the lock: whoever had it before may have changed what there is to decide.
  const looked = await lookAt(tx, input, settings, action);
  if (!looked.ok) return looked;
  const refusal = await meanwhile(tx, input, looked.value.facts);
  return refusal ? refuse(refusal) : looked;
}

/** What there is to decide, for a person who may; nothing is held, so that a look at it stands in nobody's way. */
export async function lookAt(
  tx: Tx,
  input: PairInput,
  settings: PairSettings,
  action: PairKind['action'],
): Promise<Result<Pairing, Refusal>> {
  const place = await pairPlace(tx, input);
  const facts = await actFacts(tx, input);
  if (!place || !facts) return refuse({ code: 'not_found' });
  const refusal = checkPress(facts, { action, version: input.version });
  if (refusal) return refuse(refusal);
  const spec = settings.specs.find(({ key }) => key === place.reconciliation);
  if (!spec) return refuse({ code: 'rules_gone', reconciliation: place.reconciliation });
  const { now = new Date() } = settings;
  const cutoffOn = cutoffDay(place.cutoffAt, spec.zone);
  return accept({ tx, input, settings, place, spec, cutoffOn, facts, now });
}

/** Holds the exception as it was read, or says that it moved on since. */
async function meanwhile(tx: Tx, input: PairInput, facts: ActFacts): Promise<Refusal | undefined> {
  const { workspaceId, exceptionId } = input;
  const seen = { exceptionId, version: facts.version };
  const locked = await lockExceptions(tx, { workspaceId, planned: [seen] });
  if (locked.has(exceptionId)) return undefined;
  return { code: 'stale_card', status: facts.status, ownerName: facts.owner?.name };
}

const TRIES = 12;
const TRY_EVERY_MS = 100;

/** Another decision takes milliseconds, a run may take a minute: a person is told rather than kept waiting. */
async function lockSoon(tx: Tx, reconciliationId: string): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await tryLockPairs(tx, reconciliationId)) return true;
    await sleep(TRY_EVERY_MS);
  }
  return false;
}

async function answerRefused(
  tx: Tx,
  input: PairInput,
  { kind, refusal }: { kind: PairKind; refusal: Refusal },
): Promise<void> {
  // Pressed on an old card: perhaps the newer one never reached Slack.
  if (refusal.code === 'stale_card') await enqueueCards(tx, input.workspaceId, [input.exceptionId]);
  if (!isDenied(refusal)) return;
  await appendAudit(tx, {
    workspaceId: input.workspaceId,
    facts: [
      {
        action: 'authz.denied',
        entity: 'person',
        entityId: input.personId,
        actor: { kind: 'person', id: input.personId },
        requestKey: input.requestKey,
        data: { wanted: `exception.${kind.action}`, exception_id: input.exceptionId },
      },
    ],
  });
}
