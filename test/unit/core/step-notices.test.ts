import { describe, expect, it } from 'vitest';
import { stepMessages, type Told } from '../../../src/core/step-notices.ts';
import { type Places, reach } from '../../../src/core/step-reach.ts';

const PLACES: Places = {
  people: [
    { personId: 'p1', key: 'ana', name: 'Ana', roles: ['account_manager'] },
    { personId: 'p2', key: 'olga', name: 'Olga', roles: ['ops_lead'] },
  ],
  teams: [
    { teamId: 't1', key: 'media', name: 'Media', leadId: 'p2' },
    { teamId: 't2', key: 'finance', name: 'Finance', leadId: 'gone' },
  ],
};

const media = { teamId: 't1', ownerId: 'p1' };

describe('whom a step reaches', () => {
  it('is each person and channel once, by whatever name', () => {
    const targets = [
      { kind: 'lead' },
      { kind: 'role', key: 'ops_lead' },
      { kind: 'person', key: 'olga' },
    ] as const;

    expect(reach(targets, media, PLACES)).toEqual([{ name: 'Olga', address: 'person:p2' }]);
  });

  it('is the owner, or the team where nobody owns it', () => {
    expect(reach([{ kind: 'owner' }], media, PLACES)).toEqual([{ name: 'Ana', address: 'person:p1' }]);
    expect(reach([{ kind: 'owner' }], { ...media, ownerId: undefined }, PLACES)).toEqual([
      { name: 'Media', address: 'team:media' },
    ]);
  });

  it('is the channel of the team when nobody of those named is here', () => {
    expect(reach([{ kind: 'lead' }], { teamId: 't2', ownerId: undefined }, PLACES)).toEqual([
      { name: 'Finance', address: 'team:finance' },
    ]);
  });
});

describe('the messages of a sweep', () => {
  const lead = { name: 'Olga', address: 'person:p2' };
  const channel = { name: 'Media', address: 'team:media' };
  const breach = (index: number, currency = 'USD'): Told => ({
    step: 'breach',
    exceptionId: `e${String(index).padStart(3, '0')}`,
    atStake: { minor: BigInt(index), currency },
    reached: [lead, channel],
  });

  it('are one per address and step, however many exceptions there are, the largest first', () => {
    const messages = stepMessages(Array.from({ length: 200 }, (_, index) => breach(index)));

    expect(messages.map(({ address, count }) => [address, count])).toEqual([
      ['person:p2', 200],
      ['team:media', 200],
    ]);
    expect(messages[0]?.exceptionIds.slice(0, 2)).toEqual(['e199', 'e198']);
    expect(messages[0]?.exceptionIds).toHaveLength(10);
    expect(messages[0]?.total).toEqual({ minor: 19_900n, currency: 'USD' });
  });

  it('never add two currencies', () => {
    expect(stepMessages([breach(1), breach(2, 'EUR')])[0]?.total).toBeUndefined();
  });
});
