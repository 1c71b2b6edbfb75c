import { expect, test } from 'vitest';
import { Viewers } from '../../../src/slack/listeners/home/viewers.ts';

const HOUR_MS = 3_600_000;
const ANA = { slackUserId: 'U_ANA', personId: 'ana' };
const BEN = { slackUserId: 'U_BEN', personId: 'ben' };
const names = (viewers: Viewers): string[] => viewers.stale().map(({ slackUserId }) => slackUserId);

test('a change makes every remembered Home stale', () => {
  const viewers = new Viewers();
  viewers.seen(ANA, 0);
  viewers.seen(BEN, 1);
  expect(names(viewers)).toEqual([]);
  viewers.markStale(2);
  expect(names(viewers)).toEqual(['U_ANA', 'U_BEN']);
});

test('a Home that nobody opened for an hour is forgotten', () => {
  const viewers = new Viewers();
  viewers.seen(ANA, 0);
  viewers.seen(BEN, 1);
  viewers.seen(ANA, HOUR_MS);
  viewers.markStale(HOUR_MS + 1);
  expect(names(viewers)).toEqual(['U_ANA']);
});

test('whoever rests longest comes last, and who is being served is left out', () => {
  const viewers = new Viewers();
  const ana = viewers.seen(ANA, 0);
  viewers.seen(BEN, 0);
  viewers.markStale(1);
  ana.nextAt = 5;
  expect(names(viewers)).toEqual(['U_BEN', 'U_ANA']);
  ana.isBusy = true;
  expect(names(viewers)).toEqual(['U_BEN']);
});

test('opening again keeps the pages; another person behind the same Slack user starts afresh', () => {
  const viewers = new Viewers();
  viewers.seen(ANA, 0).pages = { mine: 2, unclaimed: 1 };
  expect(viewers.seen(ANA, 1).pages).toEqual({ mine: 2, unclaimed: 1 });
  expect(viewers.seen({ ...ANA, personId: 'other' }, 2).pages).toEqual({ mine: 0, unclaimed: 0 });
});

test('a removed Home is served no more', () => {
  const viewers = new Viewers();
  viewers.seen(ANA, 0);
  viewers.remove('U_ANA');
  viewers.markStale(1);
  expect(names(viewers)).toEqual([]);
});
