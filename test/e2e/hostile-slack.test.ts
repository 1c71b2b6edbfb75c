import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SEATS, type Seat } from '../../src/core/rule-change.ts';
import { connect } from '../../src/db/client.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { testDatabase } from '../support/database.ts';
import { changeOf, proposedChange, type Ruled, reject } from '../support/rule-changes.ts';
import { CHANNEL, pointerTo, type Story, slackId, startStory, TEAM } from '../support/slack-story.ts';
import { type Case, casesOf, expanded, filledIn, missingReason } from './hostile-slack-cases.ts';
import { type Answer, sendHostile } from './hostile-slack-request.ts';

const database = missingReason === undefined ? await testDatabase() : undefined;
const ANA = slackId('ana');
let story: Story;

/** What the cases call events of the trail, as it has them. */
const EVENTS: Readonly<Record<string, string>> = {
  'authz.denied': 'authz.denied',
  'exception.claimed': 'exception.claim',
};
/** Cases whose event is not there, and why that is meant. */
const NOT_ON_TRAIL: Readonly<Record<string, string>> = {
  'SLI-040': 'a claim that came too late changed nothing; its answer is kept with the request',
  'SLI-042': 'who is in the team and does not hold it is told who does, as after a late claim',
  'SLV-006': 'who is in the team and does not hold it is told who does, as after a late claim',
  'SLC-013': 'there is no such command, for nobody',
  'SLC-030': 'there is no such command, for nobody',
  'SLC-031': 'there is no such command, for nobody',
};

/** How often the trail tells the event that a case expects; undefined when it expects none. */
async function toldOf({ id, expect: { audit } }: Case): Promise<number | undefined> {
  if (audit === null || id in NOT_ON_TRAIL) return undefined;
  const action = EVENTS[audit] ?? audit;
  const events = await inWorkspace(
    story.sql,
    story.workspace.workspaceId,
    (tx) => tx`select seq from audit_event where action = ${action}`,
  );
  return events.length;
}

/** The trail comes to tell of it: what is turned away at the door is noted without anybody waiting. */
const tells = (hostile: Case, before: number | undefined): Promise<void> =>
  expect.poll(() => toldOf(hostile), { timeout: 15_000 }).toBe(before === undefined ? undefined : before + 1);

const cases = casesOf;
const isOfRules = ({ input }: Case): boolean =>
  input.callback_id === 'rule.approve' ||
  input.$concurrent?.every((one: object) => 'approve' in one) === true;

/** What a change would change: the exception's state, and how much the trail knows of it. */
async function stateOf(exceptionId: string) {
  const { status, version, level, owner } = await story.factsOf(exceptionId);
  const events = await inWorkspace(
    story.sql,
    story.workspace.workspaceId,
    (tx) => tx`select seq from audit_event where entity_id = ${exceptionId}`,
  );
  return { status, version, level, owner: owner?.name, events: events.length };
}

/** What became of a case: how it was answered, and the exception before and after. */
type Effect = { status: number; body: string; before: object; after: object };

const changed = ({ before, after }: Effect) => expect(after).not.toEqual(before);
const unchanged = ({ before, after }: Effect) => expect(after).toEqual(before);
const answered =
  (...statuses: number[]) =>
  (effect: Effect) => {
    expect(statuses).toContain(effect.status);
    unchanged(effect);
  };

/** What each outcome means for whoever sent it. A refusal of ours may be words to a person, which come with 200. */
const MEANS: Readonly<Record<string, (effect: Effect) => void>> = {
  accept: changed,
  accept_inert: answered(200),
  ack_no_effect: answered(200),
  noop_duplicate: answered(200),
  reject_conflict: answered(200),
  reject_forbidden: answered(200, 403),
  reject_malformed: answered(400, 404, 405, 413, 415),
  reject_unauthenticated: answered(401),
  timeout_close: answered(0, 408),
};

const meant = (hostile: Case, effect: Effect): void => {
  const means = MEANS[hostile.expect.outcome];
  if (!means)
    throw new Error(`${hostile.id} expects "${hostile.expect.outcome}", which this test does not know`);
  means(effect);
};

const opened = async (id: string): Promise<string> => {
  const [exceptionId = ''] = await story.open(`PO-${id}`);
  return exceptionId;
};

async function judged(exceptionId: string, work: () => Promise<Answer>): Promise<Effect> {
  const before = await stateOf(exceptionId);
  const answer = await work();
  return { ...answer, before, after: await stateOf(exceptionId) };
}

const forge = (payload: unknown): Promise<Answer> => story.slack.forge(payload as Record<string, unknown>);

describe.skipIf(missingReason)(`what is sent as Slack${missingReason ? ` (${missingReason})` : ''}`, () => {
  beforeAll(async () => {
    if (!database) throw new Error('unreachable: skipped without the cases');
    story = await startStory(database.url, { withRules: true });
    await inWorkspace(
      story.sql,
      story.workspace.workspaceId,
      (tx) => tx`
        insert into person (workspace_id, person_id, key, name, email, slack_user_id, is_active)
        values (${story.workspace.workspaceId}, gen_random_uuid(), 'gone', 'Gina Gone', 'gone@agency.example', 'U_GONE', false)`,
    );
  });

  afterAll(async () => {
    await story?.stop();
  });

  const isFlood = ({ input }: Case) => 'flood' in input;

  test.each(cases('slack.http').filter((each) => !isFlood(each)))(
    '$id by HTTP is $expect.outcome: $expect.note',
    async (hostile) => {
      const exceptionId = await opened(hostile.id);
      const send = (input: unknown) => sendHostile(story.url, input as Case['input'], exceptionId);
      const steps: unknown[] = hostile.input.$sequence ?? [hostile.input];
      for (const step of steps.slice(0, -1)) await send(step);
      // A replay is the first step again: the same bytes under the same headers.
      const last = hostile.input.$sequence ? steps[0] : steps.at(-1);
      const before = await toldOf(hostile);
      meant(hostile, await judged(exceptionId, () => send(last)));
      await tells(hostile, before);
    },
    20_000,
  );

  test.each(cases('slack.interaction'))(
    '$id as a press is $expect.outcome: $expect.note',
    async (hostile) => {
      const exceptionId = await opened(hostile.id);
      await inState(exceptionId, hostile.input.state);
      const { version } = await story.factsOf(exceptionId);
      const pointer = pointerTo(exceptionId, version);
      const names = {
        T_OK: TEAM,
        A_OK: 'A0TIEOUT',
        // An exception of another team is one whose team the person is not in.
        U_OWNER: isOfOthers(hostile) ? slackId('guest') : ANA,
        U_UNMAPPED: slackId('zoe'),
        U_DEACTIVATED: 'U_GONE',
        C_TEAM: CHANNEL,
        'exception.': '',
        $open_exception: pointer,
        $exception_of_other_team: pointer,
        $id1: pointer,
        $id2: pointer,
        $current_ts: '1700000000.000100',
        $superseded_ts: '1600000000.000100',
        $now: `${Date.now() / 1000}`,
        $t1: '1700000001.000100',
        $t2: '1700000002.000100',
      };
      const payloadOf = (step: { payload?: unknown }) => ({
        trigger_id: story.slack.admin.trigger(ANA),
        ...(filledIn(expanded(step.payload ?? step), names) as object),
      });
      const steps: { payload?: unknown }[] = hostile.input.$sequence ??
        hostile.input.$concurrent ?? [hostile.input];
      const together = hostile.input.$concurrent ? steps : steps.slice(0, 1);
      const before = await toldOf(hostile);
      const effect = await judged(exceptionId, async () => {
        const answers = await Promise.all(together.map((step) => forge(payloadOf(step))));
        return answers[0] ?? { status: 0, body: '' };
      });
      meant(hostile, effect);
      await tells(hostile, before);
      expect(await story.auditOf(exceptionId, 'exception.claim')).toBeLessThanOrEqual(1);
    },
  );

  test.each(cases('slack.view').filter((each) => !isOfRules(each)))(
    '$id as a form is $expect.outcome: $expect.note',
    async (hostile) => {
      const exceptionId = await opened(hostile.id);
      await act(ANA, 'claim', exceptionId);
      const submitter = hostile.input.$sequence ? slackId('olga') : ANA;
      await act(submitter, 'resolve', exceptionId);
      await story.slack.waitFor(() => story.slack.openViewOf(submitter), { what: 'the form' });
      const submit = hostile.input.private_metadata
        ? () => submitFor(slackId('ben'))
        : () => submitAs(submitter, hostile.input);
      const before = await toldOf(hostile);
      const effect = await judged(
        exceptionId,
        hostile.input.$sequence ? () => withoutRole('olga', submit) : submit,
      );
      expect(effect.status).toBe(200);
      expect(effect.body).toMatch(/"response_action":"(errors|update)"/);
      unchanged(effect);
      await tells(hostile, before);
      if (story.slack.openViewOf(submitter)) await story.slack.as(submitter).close({ all: true });
    },
  );

  const asCommand = async (hostile: Case) => {
    const exceptionId = await opened(hostile.id);
    const { number } = await story.factsOf(exceptionId);
    const text = String(expanded(hostile.input.text)).replaceAll('42', String(number));
    const channel = hostile.input.channel ? story.slack.admin.openIm(ANA) : CHANNEL;
    const ask = () => story.slack.as(ANA).slash({ channel, command: '/recon', text });
    const times = hostile.input.flood?.rpm ?? 1;
    const effect = await judged(exceptionId, async () => {
      const answers = await Promise.all(Array.from({ length: times }, ask));
      return answers.at(-1) ?? { status: 0, body: '' };
    });
    expect(effect.status).toBe(200);
    unchanged(effect);
    const order = `PO-${hostile.id}`;
    // An answer that takes its time comes after one that says so; to who asks for more than they may, it says who may.
    const wanted = text.startsWith('audit') ? 'Only admins and auditors' : order;
    const shown = () => `${effect.body} ${story.slack.ephemerals(ANA).at(-1)?.text}`.includes(wanted);
    if (hostile.expect.outcome === 'accept') await story.slack.waitFor(shown, { what: 'the answer' });
    else expect(effect.body).not.toContain(order);
  };

  test.each(cases('slack.command'))('$id as a command is $expect.outcome: $expect.note', asCommand);

  test.each(cases('slack.http').filter(isFlood))(
    '$id by HTTP is answered in time or turned away, and nothing accepted is lost',
    async (hostile) => {
      const orders = Array.from({ length: 300 }, (_, index) => `PO-FLOOD-${index}`);
      const ids = await story.open(...orders);
      const answers = await Promise.all(
        ids.map((id) =>
          sendHostile(story.url, { sign: 'good', body: '$valid_click' }, id, { within: 20_000 }),
        ),
      );
      const taken = ids.filter((_, index) => answers[index]?.status === 200);
      const facts = await Promise.all(taken.map((id) => story.factsOf(id)));
      expect(answers.every(({ status }) => [200, 429, 500, 503].includes(status))).toBe(true);
      expect(facts.map(({ status }) => status)).toEqual(taken.map(() => 'claimed'));
      expect(hostile.expect.outcome).toBe('rate_limited');
    },
    60_000,
  );

  test.each(cases('slack.view').filter(isOfRules))(
    '$id as a form is $expect.outcome: $expect.note',
    async (hostile) => {
      const { input } = hostile;
      const workspace = story.workspace as Ruled;
      const author = input.approver === 'author' ? 'gabe' : 'adam';
      const changeId = await proposedChange(story.sql, workspace, { as: author, now: new Date() });
      const approvers = approversOf(input);
      if (input.already) await submitRule('dana', { changeId, seat: input.already });
      const before = await toldOf(hostile);
      const answers = input.$concurrent
        ? await Promise.all(approvers.map(({ who, seat }) => submitRule(who, { changeId, seat })))
        : await inTurn(approvers, ({ who, seat }) => submitRule(who, { changeId, seat }));

      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      const change = await changeOf(story.sql, workspace, changeId);
      const isDone = hostile.expect.state_change;
      expect(change.state).toBe(isDone ? 'activated' : 'pending');
      expect(change.active).toBe(isDone ? change.to : change.from);
      expect(change.approvals).toHaveLength(isDone ? 3 : Math.min(1, approvers.length - 1));
      const refused = answers.filter(({ body }) => body.includes('response_action'));
      expect(refused).toHaveLength(isDone ? 0 : Math.max(1, approvers.length - 1));
      // Each try that was refused is told; what is done is done once.
      expect(((await toldOf(hostile)) ?? 0) - (before ?? 0)).toBe(isDone ? 1 : refused.length);
      if (!isDone) await reject(story.sql, workspace, changeId, { as: author, now: new Date() });
    },
  );
});

const isOfOthers = ({ input }: Case): boolean => JSON.stringify(input).includes('$exception_of_other_team');

/** A press of a button as Slack would send it. */
async function act(user: string, actionId: string, exceptionId: string): Promise<void> {
  const { version } = await story.factsOf(exceptionId);
  const value = pointerTo(exceptionId, version);
  await story.slack.forge({
    type: 'block_actions',
    user: { id: user, team_id: TEAM },
    api_app_id: 'A0TIEOUT',
    team: { id: TEAM },
    channel: { id: CHANNEL },
    container: { type: 'message', message_ts: '1', channel_id: CHANNEL },
    trigger_id: story.slack.admin.trigger(user),
    actions: [
      { type: 'button', block_id: 'b', action_id: actionId, value, action_ts: `${Date.now() / 1000}` },
    ],
  });
}

/** Brings an exception into the state that a case starts from. */
async function inState(exceptionId: string, state: string | undefined): Promise<void> {
  if (state === undefined) return;
  await act(state === 'claimed_by_other' ? slackId('ben') : ANA, 'claim', exceptionId);
  const form = FORMS[state];
  if (!form) return;
  await act(ANA, form.action, exceptionId);
  await story.slack.waitFor(() => story.slack.openViewOf(ANA), { what: 'the form' });
  await story.slack.as(ANA).submit({ values: form.values });
}

const FORMS: Readonly<Record<string, { action: string; values: Record<string, string> }>> = {
  resolved: { action: 'resolve', values: { code: 'accepted' } },
  escalated: { action: 'escalate', values: { reason: 'Stuck', target: 'team:finance' } },
};

/** Submits the open form with what a case says, past the checks of Slack's own client. */
async function submitAs(user: string, input: Case['input']): Promise<Answer> {
  return await story.slack.as(user).submit({
    unchecked: true,
    values: {
      code: input.reason_code === null ? null : 'written_off',
      note: String(expanded(input.note ?? 'Agreed')),
      amount: input.amount ?? '100.00',
    },
  });
}

/** Submits a form that points at an exception which is not this person's to resolve. */
async function submitFor(user: string): Promise<Answer> {
  const view = story.slack.openViewOf(ANA);
  const response = await story.slack.forge({
    type: 'view_submission',
    user: { id: user, team_id: TEAM },
    api_app_id: 'A0TIEOUT',
    team: { id: TEAM },
    trigger_id: story.slack.admin.trigger(user),
    view: {
      id: view?.id,
      type: 'modal',
      callback_id: view?.callbackId,
      private_metadata: view?.privateMetadata,
      blocks: view?.blocks,
      state: {
        values: {
          code: { value: { type: 'static_select', selected_option: { value: 'written_off' } } },
          note: { value: { type: 'plain_text_input', value: 'Mine now' } },
          amount: { value: { type: 'plain_text_input', value: '0.1' } },
        },
      },
    },
  });
  return response;
}

/** Who approves in a case about rules, and in which seat. */
function approversOf(input: Case['input']): readonly { who: string; seat: string | undefined }[] {
  if (input.approver === 'author') return [{ who: 'gabe', seat: undefined }];
  if (input.times) return SEATS.slice(0, input.times).map((seat) => ({ who: 'tess', seat }));
  return (input.$concurrent as { approve: Seat }[]).map(({ approve }) => ({
    who: HOLDER[approve],
    seat: approve,
  }));
}

const HOLDER: Readonly<Record<Seat, string>> = { data_owner: 'dana', ops_lead: 'olga', governance: 'gita' };

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const one of all) done.push(await work(one));
  return done;
}

/** Submits the form of an approval as Slack would send it, whether or not Slack would have opened it. */
const submitRule = (who: string, { changeId, seat }: { changeId: string; seat: string | undefined }) =>
  forge({
    type: 'view_submission',
    user: { id: slackId(who), team_id: TEAM },
    api_app_id: 'A0TIEOUT',
    team: { id: TEAM },
    trigger_id: story.slack.admin.trigger(slackId(who)),
    view: {
      id: `V_${changeId}_${who}_${seat}`,
      type: 'modal',
      callback_id: 'rule.approve',
      private_metadata: pointerTo(changeId, 1),
      blocks: [{ type: 'input', block_id: 'seat' }],
      state: {
        values: seat ? { seat: { value: { type: 'static_select', selected_option: { value: seat } } } } : {},
      },
    },
  });

/** Takes a person's roles away for as long as the work lasts. */
async function withoutRole(key: string, work: () => Promise<Answer>): Promise<Answer> {
  const admin = connect({ url: database?.adminUrl ?? '', role: 'people', max: 1 });
  const personId = story.workspace.people[key] ?? '';
  const { workspaceId } = story.workspace;
  await admin`delete from role_grant where person_id = ${personId}`;
  try {
    return await work();
  } finally {
    await admin`insert into role_grant (workspace_id, person_id, role) values (${workspaceId}, ${personId}, 'ops_lead')`;
    await admin.end();
  }
}
