import { BULK_ACTIONS, CHOSEN_ACTIONS } from '../../src/core/bulk.ts';
import { BOOKINGS, type MoneySettings } from '../../src/core/organisation.ts';
import { readableText } from '../../src/slack/listeners/note/readable-text.ts';
import { confirmView } from '../../src/slack/views/bulk-confirm.ts';
import { chooseView, groupListView } from '../../src/slack/views/bulk-list.ts';
import { bulkFaultView, resultView, workingView } from '../../src/slack/views/bulk-result.ts';
import { inert } from '../../src/slack/views/escape.ts';
import { loadingModal } from '../../src/slack/views/loading.ts';
import {
  declineModal,
  escalateModal,
  handOverModal,
  rejectModal,
  reopenModal,
  tellModal,
  waitModal,
} from '../../src/slack/views/modals.ts';
import { noteModal } from '../../src/slack/views/note.ts';
import { playbookModal } from '../../src/slack/views/playbook.ts';
import { proposalRejectModal } from '../../src/slack/views/proposal.ts';
import { releaseAskedModal, releaseModal } from '../../src/slack/views/release-modal.ts';
import { resolveModal } from '../../src/slack/views/resolve-modal.ts';
import { codesIn, factsIn, holdIn, itemIn, typeIn } from './hostile-facts.ts';
import type { Fill } from './hostile-fill.ts';
import { refusalIn } from './hostile-refusals.ts';
import type { Render } from './hostile-surfaces.ts';
import { proposalIn } from './hostile-surfaces-messages.ts';

const stateIn = (fill: Fill) => ({
  groupId: fill.id(),
  page: fill.whole(3),
  text: fill.text().slice(0, 100),
  min: fill.text().slice(0, 20),
  ticked: fill.many(200, () => 1_000 + fill.whole(120)),
});

export const candidatesIn = (fill: Fill) =>
  fill.many(110, (index) => ({ key: `person_${index}`, name: fill.text(), isOwnTeam: fill.yes() }));

const teamsIn = (fill: Fill) =>
  [0, ...fill.many(60, (index) => index + 1)].map((index) => ({
    key: `team_${index}`,
    name: fill.text(),
    channel: '#x',
    members: [],
    lead: fill.pick([undefined, `person_${index}`]),
  }));

const peopleIn = (fill: Fill) =>
  fill.many(110, (index) => ({
    key: `person_${index}`,
    name: fill.text(),
    email: fill.text(),
    slackUserId: undefined,
    roles: ['ops_lead' as const],
  }));

const resultsIn = (fill: Fill) =>
  fill.many(60, (index) => ({
    number: 1_000 + index,
    atStake: fill.money(),
    outcome: fill.whole(3) === 0 ? { ok: true as const } : { ok: false as const, refusal: refusalIn(fill) },
  }));

/** One form for each action. */
const forEach = <Action extends string>(
  actions: readonly Action[],
  name: string,
  render: (action: Action) => Render,
): Record<string, Render> =>
  Object.fromEntries(actions.map((action) => [`${name} ${action}`, render(action)]));

const moneyIn = (fill: Fill): MoneySettings => ({
  reasonCodes: fill.many(110, (index) => ({ code: `reason_${index}`, label: fill.text(), uses: [] })),
  limits: fill.yes()
    ? undefined
    : fill.many(3, () => {
        const { minor, currency } = fill.money();
        return { person: undefined, role: 'account_manager', upToMinor: minor, currency, books: BOOKINGS };
      }),
  approvals: { team: undefined, expireAfterMs: 1 },
  closedThrough: undefined,
});

/** Whatever opens in front of a person. */
export const FORMS: Readonly<Record<string, Render>> = {
  'proposal#proposalRejectModal': (fill, reader) => proposalRejectModal(proposalIn(fill), reader),
  'release-modal#releaseAskedModal': (fill, reader) =>
    releaseAskedModal({ label: fill.text(), until: fill.instant() }, reader),
  'release-modal#releaseModal': (fill, reader) =>
    releaseModal(holdIn(fill), { reasonCodes: moneyIn(fill).reasonCodes, reader }),
  'resolve-modal#resolveModal': (fill, reader) =>
    resolveModal(factsIn(fill), {
      codes: codesIn(fill),
      money: moneyIn(fill),
      person: { key: 'ana', roles: ['account_manager'] },
      period: fill.pick(['2026-10', '2019-01', '2027-05', 'x']),
      currentPeriod: '2026-11',
      reader,
    }),
  'modals#rejectModal': (fill, reader) => rejectModal(factsIn(fill), reader),
  'modals#escalateModal': (fill, reader) =>
    escalateModal(factsIn(fill), {
      organisation: { teams: teamsIn(fill), people: peopleIn(fill) },
      reader,
    }),
  'modals#handOverModal': (fill, reader) =>
    handOverModal(factsIn(fill), { candidates: candidatesIn(fill), reader }),
  'modals#declineModal': (fill, reader) => declineModal(factsIn(fill), { version: 7, reader }),
  'modals#waitModal': (fill, reader) =>
    waitModal(factsIn(fill), { acting: { waitPausesSla: fill.yes() }, reader }),
  'modals#reopenModal': (fill, reader) => reopenModal(factsIn(fill), reader),
  'modals#tellModal': (fill, reader) =>
    tellModal(reader, { title: reader.words.press.notDone, words: `Nothing: ${inert(fill.text(), 2_000)}` }),
  'note#noteModal': (fill, reader) =>
    noteModal(
      {
        text: readableText(fill.text(), new Map([['U0TIEOUT', fill.text()]])),
        author: fill.maybe(),
        metadata: JSON.stringify({ v: 1, channel: 'C1', ts: '1.1' }),
      },
      reader,
    ),
  'playbook#playbookModal': (fill, reader) => playbookModal(factsIn(fill), reader),
  'loading#loadingModal': (_, reader) => loadingModal(reader),
  'bulk-list#groupListView': (fill, reader) =>
    groupListView(
      fill.many(130, (index) => itemIn(fill, index)),
      { state: { ...stateIn(fill), action: 'list' }, reader },
    ),
  ...forEach(
    CHOSEN_ACTIONS,
    'bulk-list#chooseView',
    (action) => (fill, reader) =>
      chooseView(
        fill.many(130, (index) => itemIn(fill, index)),
        { state: { ...stateIn(fill), action }, reader },
      ),
  ),
  ...forEach(
    BULK_ACTIONS,
    'bulk-confirm#confirmView',
    (action) => (fill, reader) =>
      confirmView(
        {
          bulkId: fill.id(),
          action,
          type: typeIn(fill),
          teamName: fill.text(),
          items: fill.many(60, (index) => itemIn(fill, index)),
          colleagues: candidatesIn(fill),
          personId: fill.id(),
          codes: codesIn(fill),
        },
        reader,
      ),
  ),
  'bulk-result#workingView': (fill, reader) => workingView(fill.whole(2_000), reader),
  'bulk-result#bulkFaultView': (_, reader) => bulkFaultView('0a1b2c3d', reader),
  ...forEach(
    BULK_ACTIONS,
    'bulk-result#resultView',
    (action) => (fill, reader) => resultView({ action, items: resultsIn(fill) }, reader),
  ),
};
