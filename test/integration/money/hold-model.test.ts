import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { readKey } from '../../../src/core/api-key.ts';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace, type Tx } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { approveProposal, rejectProposal } from '../../../src/pipeline/act/decide-four-eyes.ts';
import { proposeRelease } from '../../../src/pipeline/act/propose-release.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { sweep } from '../../../src/pipeline/act/sweep.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { createApiKey, hashOfSecret } from '../../../src/pipeline/govern/api-keys.ts';
import { askToPay } from '../../../src/pipeline/pay/may-pay.ts';
import { CHARGE, HOLDING_SPEC, holdsOf, MONEY, onHold } from '../../support/adjusting.ts';
import { testDatabase } from '../../support/database.ts';
import {
  noticesOf,
  onlyException,
  press,
  putRecords,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const PEOPLE = ['ana', 'ben', 'olga', 'guest', 'fay', 'hugo'] as const;
type Who = (typeof PEOPLE)[number];
const TEAM: readonly Who[] = ['ana', 'ben'];
const DECIDERS: readonly Who[] = ['olga', 'fay', 'hugo'];

const STEP_MS = 75 * 60_000;
/** By policy; a hold is placed within minutes of the beginning, whose clock is the database's. */
const EXPIRES_MS = 2 * 3_600_000;
const DECIDE_WITHIN_MS = 3_600_000;

type Asked = { readonly by: Who; readonly hold: number; readonly untilMs: number; isOpen: boolean };

/** What must hold, with no database in it. `holds` are open or over, in the order in which they were placed. */
type Model = {
  status: 'open' | 'claimed' | 'resolved';
  owner: Who | undefined;
  holds: boolean[];
  asked: Asked[];
  /** How far the clock has moved. */
  atMs: number;
  amount: bigint;
  expired: number;
};

/** With the hash of the key that asks. */
type Real = { readonly workspace: SeededWorkspace; readonly base: number; readonly secretHash: string };

const isHeld = ({ holds }: Model): boolean => holds.at(-1) === true;
const end = (model: Model): void => {
  model.holds[model.holds.length - 1] = false;
};
const hold = (model: Model): void => {
  if (!isHeld(model)) model.holds.push(true);
};
const mayAsk = ({ owner }: Model, who: Who): boolean => DECIDERS.includes(who) || owner === who;

/** A key for the API, as payment systems have one. */
async function keyFor({ workspaceId }: SeededWorkspace): Promise<string> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 86_400_000);
  const made = await createApiKey(sql, {
    workspaceId,
    name: 'payments',
    scopes: ['holds:read'],
    now,
    expiresAt,
    by: 'test',
  });
  return hashOfSecret(readKey(made?.text ?? '')?.secret ?? '');
}

const at = ({ base }: Real, { atMs }: Model): Date => new Date(base + atMs);
const asking = ({ workspace }: Real, who: Who) => ({
  workspaceId: workspace.workspaceId,
  personId: workspace.people[who] ?? who,
  requestKey: newId(),
});

const proposalIds = ({ workspace }: Real): Promise<{ proposal_id: string }[]> =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => [
    ...(await tx<{ proposal_id: string }[]>`select proposal_id from proposal order by made_seq`),
  ]);

type Command = fc.AsyncCommand<Model, Real>;
type Act = (model: Model, real: Real) => Promise<void>;

/** One step: what is done, and what the model expects of the answer. The API must say what the model says after each. */
const step = (name: string, act: Act): Command => ({
  check: () => true,
  run: async (model, real) => {
    await act(model, real);
    await agree(model, real);
  },
  toString: () => name,
});

async function agree(model: Model, { workspace, base, secretHash }: Real): Promise<void> {
  const { workspaceId } = workspace;
  const ask = { order: '1', client: undefined, payee: undefined, kind: undefined, amount: undefined };
  const now = new Date(base);
  const facts = { reconciliations: [HOLDING_SPEC], freshWithinMs: 86_400_000 * 365, now };
  const read = await askToPay(sql, { workspaceId, secretHash, ask: ask as never, ...facts });
  expect(read.key && read.answer.holds).toHaveLength(isHeld(model) ? 1 : 0);
  const holds = await holdsOf(sql, workspace);
  expect(holds.map(({ state }) => state === 'open')).toEqual(model.holds);
  const told = (await noticesOf(sql, workspace)).filter(({ payload }) => payload.notice === 'hold_expired');
  expect(told.filter(({ address }) => address === 'team:media_ops')).toHaveLength(model.expired);
}

const change: Act = async (model, { workspace }) => {
  model.amount += 1_00n;
  await putRecords(sql, workspace, [{ ...CHARGE, amountMinor: model.amount }]);
  await runLedger(sql, workspace, { spec: HOLDING_SPEC });
  if (model.status === 'resolved') Object.assign(model, { status: 'open', owner: undefined });
  hold(model);
};

const DOES = {
  claim: async (who: Who, model: Model, { workspace }: Real): Promise<void> => {
    const answer = await claim(sql, press(workspace, who, await onlyException(sql, workspace)));
    const may = (TEAM.includes(who) || who === 'olga') && model.status === 'open';
    expect(answer.ok).toBe(may);
    if (may) Object.assign(model, { status: 'claimed', owner: who });
  },
  resolve: async (who: Who, model: Model, { workspace }: Real): Promise<void> => {
    const request = press(workspace, who, await onlyException(sql, workspace));
    const answer = await resolve(
      sql,
      { ...request, code: 'accepted', note: '', amount: undefined },
      RESOLVING,
    );
    const may = model.status === 'claimed' && (model.owner === who || who === 'olga');
    expect(answer.ok).toBe(may);
    if (!may) return;
    model.status = 'resolved';
    end(model);
  },
  ask: async (who: Who, model: Model, real: Real): Promise<void> => {
    const newest = (await holdsOf(sql, real.workspace)).at(-1);
    const about = { hold: newest?.hold_id ?? '', reason: 'other', note: 'agreed', evidence: undefined };
    const money = {
      ...MONEY,
      reasonCodes: [],
      approvals: { team: 'finance', expireAfterMs: DECIDE_WITHIN_MS },
    };
    const answer = await proposeRelease(
      sql,
      { ...asking(real, who), ...about },
      { money, now: at(real, model) },
    );
    const of = model.holds.length - 1;
    const isAsked = model.asked.some((one) => one.isOpen && one.hold === of);
    const may = mayAsk(model, who) && isHeld(model) && !isAsked;
    expect(answer.ok).toBe(may);
    if (may) model.asked.push({ by: who, hold: of, untilMs: model.atMs + DECIDE_WITHIN_MS, isOpen: true });
  },
  approve: async (who: Who, model: Model, real: Real): Promise<void> => {
    const asked = model.asked.at(-1);
    const id = (await proposalIds(real)).at(-1)?.proposal_id;
    if (!asked || id === undefined) return;
    const input = { ...asking(real, who), proposalId: id };
    const answer = await approveProposal(sql, input, { zone: 'UTC', now: at(real, model) });
    const isInTime = model.atMs < asked.untilMs;
    const isAbout = model.holds[asked.hold] === true;
    const may = DECIDERS.includes(who) && asked.by !== who && asked.isOpen && isInTime && isAbout;
    expect(answer.ok).toBe(may);
    if (!may) return;
    asked.isOpen = false;
    end(model);
  },
  reject: async (who: Who, model: Model, real: Real): Promise<void> => {
    const asked = model.asked.at(-1);
    const id = (await proposalIds(real)).at(-1)?.proposal_id;
    if (!asked || id === undefined) return;
    const input = { ...asking(real, who), proposalId: id, reason: 'no' };
    const answer = await rejectProposal(sql, input, { now: at(real, model) });
    // Its exception's owner may reject what is asked about it, as they may ask.
    const may = asked.isOpen && (mayAsk(model, who) || asked.by === who);
    expect(answer.ok).toBe(may);
    if (may) asked.isOpen = false;
  },
} satisfies Record<string, (who: Who, model: Model, real: Real) => Promise<void>>;
type Does = keyof typeof DOES;

/** Time goes by, and no timer has come round yet. */
const wait: Act = async (model) => {
  model.atMs += STEP_MS;
};

const sweeps: Act = async (model, real) => {
  const { workspaceId } = real.workspace;
  await sweep(sql, { workspaceId, zone: 'UTC', now: at(real, model) });
  if (isHeld(model) && model.atMs >= EXPIRES_MS) {
    end(model);
    model.expired += 1;
  }
  for (const asked of model.asked) {
    if (model.atMs >= asked.untilMs || !model.holds[asked.hold]) asked.isOpen = false;
  }
};

/** Ways around the rule, as somebody with the application's database role would try them. */
const AROUND = {
  resolved: (tx: Tx) => tx`update hold set state = 'released', released_how = 'resolved', released_at = now(),
    release_reason = 'x', version = version + 1, last_seq = last_seq + 1 where state = 'open'`,
  approved: (tx: Tx) => tx`update hold set state = 'released', released_how = 'approved', released_at = now(),
    released_by = (select person_id from person where key = 'fay'), release_reason = 'other', version = version + 1,
    last_seq = last_seq + 1 where state = 'open'`,
  expired: (tx: Tx) => tx`update hold set state = 'released', released_how = 'expired', released_at = now(),
    release_reason = 'x', version = version + 1, last_seq = last_seq + 1 where state = 'open'`,
  itself: (
    tx: Tx,
  ) => tx`update proposal set state = 'approved', decided_by = proposed_by, decided_at = proposed_at,
    decided_seq = made_seq where state = 'open'`,
  nobody: (
    tx: Tx,
  ) => tx`update proposal set state = 'approved', decided_at = proposed_at, decided_seq = made_seq,
    decided_by = (select person_id from person where key = 'guest') where state = 'open'`,
  onlyOnPaper: (
    tx: Tx,
  ) => tx`update proposal set state = 'approved', decided_at = proposed_at, decided_seq = made_seq,
    decided_by = (select person_id from person where key = 'hugo' and person_id <> proposed_by) where state = 'open'`,
  removed: (tx: Tx) => tx`delete from hold`,
} satisfies Record<string, (tx: Tx) => PromiseLike<unknown>>;

const OF_PROPOSALS: readonly string[] = ['itself', 'nobody', 'onlyOnPaper'];

const around =
  (way: keyof typeof AROUND): Act =>
  async (model, { workspace }) => {
    const tried = inWorkspace(sql, workspace.workspaceId, async (tx) => {
      await AROUND[way](tx);
    });
    const hasWhat = OF_PROPOSALS.includes(way)
      ? model.asked.some(({ isOpen }) => isOpen)
      : isHeld(model) || way === 'removed';
    if (hasWhat) await expect(tried).rejects.toThrow();
    else await tried;
  };

const WAYS = Object.keys(AROUND) as (keyof typeof AROUND)[];

const byAnybody = fc
  .tuple(fc.constantFrom(...PEOPLE), fc.constantFrom<Does[]>('claim', 'resolve', 'ask', 'approve', 'reject'))
  .map(([who, does]) => step(`${who} ${does}`, (model, real) => DOES[does](who, model, real)));

/** Mostly what comes close to a release: by those who may, asked and decided in turn. */
const byDeciders = fc
  .tuple(fc.constantFrom(...DECIDERS), fc.constantFrom<Does[]>('ask', 'ask', 'approve', 'approve', 'reject'))
  .map(([who, does]) => step(`${who} ${does}`, (model, real) => DOES[does](who, model, real)));

const commands = fc.commands(
  [
    fc.constant(step('change', change)),
    fc.constant(step('wait', wait)),
    fc.constant(step('sweep', sweeps)),
    fc.constantFrom(...WAYS).map((way) => step(`around: ${way}`, around(way))),
    byAnybody,
    byAnybody,
    byDeciders,
    byDeciders,
    byDeciders,
    byDeciders,
  ],
  { maxCommands: 30, size: 'max' },
);

/** `TIEOUT_WALKS=500 npm test -- …` walks further. */
const WALKS = Number(process.env.TIEOUT_WALKS ?? 12);

it('ends a hold only by the rule, whoever tries what in which order, and the API says so at once', async () => {
  let last: SeededWorkspace | undefined;
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      const workspace = await onHold(sql);
      last = workspace;
      await inWorkspace(
        sql,
        workspace.workspaceId,
        (tx) => tx`insert into hold_policy (workspace_id, kind, expire_ms)
                   values (${workspace.workspaceId}, 'payout', ${EXPIRES_MS})`,
      );
      // The hold that is there has no policy; the next one has.
      await resolveByHand(workspace);
      const secretHash = await keyFor(workspace);
      const base = Date.now();
      const model: Model = {
        status: 'resolved',
        owner: 'ana',
        holds: [false],
        asked: [],
        atMs: 0,
        amount: 180_00n,
        expired: 0,
      };
      const real = { workspace, base, secretHash };
      await change(model, real);
      await agree(model, real);
      await fc.asyncModelRun(() => ({ model, real }), [...steps]);
    }),
    { numRuns: WALKS },
  );
  const { problems } = await verifyAudit(sql, { workspaceId: last?.workspaceId ?? '', anchors: [] });
  expect(problems).toEqual([]);
}, 900_000);

async function resolveByHand(workspace: SeededWorkspace): Promise<void> {
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  const request = press(workspace, 'ana', await onlyException(sql, workspace));
  await resolve(sql, { ...request, code: 'accepted', note: '', amount: undefined }, RESOLVING);
}
