import { describe, expect, test } from 'vitest';
import type { CardFacts } from '../../../src/core/card.ts';
import type { Organisation } from '../../../src/core/organisation.ts';
import type { ListenerContext } from '../../../src/slack/listeners/context.ts';
import { suggestTargets } from '../../../src/slack/listeners/suggest-receivers.ts';
import type { View } from '../../../src/slack/views/blocks.ts';
import { escalateModal, handOverModal } from '../../../src/slack/views/modals.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';
import { ORGANISATION } from '../../support/ledger.ts';

const teams = (count: number): Organisation['teams'] =>
  Array.from({ length: count }, (_, index) => ({
    key: `team${index}`,
    name: `Team ${index}`,
    channel: '#x',
    members: [],
    lead: undefined,
  }));
const candidates = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `p${index}`,
    name: `Person ${index}`,
    isOwnTeam: true,
  }));
const FACTS: CardFacts = {
  exceptionId: '0190a1b2-0000-7000-8000-000000000001',
  number: 1042,
  version: 3,
  status: 'claimed',
  level: 0,
  type: 'amount_differs',
  reason: 'OVERBILLED',
  severity: 'manual_review',
  reconciliation: 'ad-buy-vs-billing',
  client: undefined,
  orderRef: undefined,
  expected: undefined,
  actual: undefined,
  atStake: { minor: 12_550n, currency: 'USD' },
  findings: [],
  team: { key: 'finance', name: 'Finance' },
  owner: undefined,
  claimedAt: undefined,
  openedAt: new Date('2026-11-22T06:00:00Z'),
  dueAt: new Date('2026-11-24T06:00:00Z'),
  sla: '2bd',
  closedAt: undefined,
  resolutionCode: undefined,
  history: [],
  memberCount: { expected: 0, actual: 0 },
};
const reader = readerOf('en');
const menuIn = (view: View): string | undefined =>
  /"type":"(static_select|external_select)"/.exec(JSON.stringify(view.blocks))?.[1];

describe('a menu of whom to choose', () => {
  test.each([
    [100, 'static_select'],
    [101, 'external_select'],
  ])('with %i people is a %s', (count, menu) => {
    expect(menuIn(handOverModal(FACTS, { candidates: candidates(count), reader }))).toBe(menu);
  });

  test.each([
    [100, 'static_select'],
    [101, 'external_select'],
  ])('with %i teams is a %s', (count, menu) => {
    const organisation = { ...ORGANISATION, teams: teams(count) };
    expect(menuIn(escalateModal(FACTS, { organisation, reader }))).toBe(menu);
  });

  test('finds a team by a part of its name', async () => {
    const context = { organisation: { ...ORGANISATION, teams: teams(120) } } as ListenerContext;
    const typed = { personId: '', reader, text: 'm 119', metadata: '' };
    expect(await suggestTargets(context, typed)).toEqual([{ label: 'Team 119', value: 'team:team119' }]);
  });
});
