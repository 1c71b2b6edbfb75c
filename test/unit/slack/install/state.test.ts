import { expect, it } from 'vitest';
import { beginState, judgeState, STATE_SECONDS } from '../../../../src/slack/install/state.ts';

const SECRET = 'a-state-secret';
const NOW = Date.UTC(2026, 10, 22, 12);
const begun = beginState(SECRET, NOW);
const another = beginState(SECRET, NOW);

it('takes back what it gave out, with a nonce of its own each time', () => {
  const [first, second] = [begun, another].map((one) => judgeState(SECRET, one, NOW + 1_000));
  expect(first).toMatchObject({ ok: true });
  expect(second).toMatchObject({ ok: true });
  expect(first).not.toEqual(second);
});

it('takes it until ten minutes are over, and not a moment longer', () => {
  expect(judgeState(SECRET, begun, NOW + STATE_SECONDS * 1000)).toMatchObject({ ok: true });
  expect(judgeState(SECRET, begun, NOW + STATE_SECONDS * 1000 + 1)).toEqual({
    ok: false,
    problem: 'state_expired',
  });
});

it.each([
  ['without a state', { ...begun, state: undefined }, 'state_missing'],
  ['with an empty state', { ...begun, state: '' }, 'state_missing'],
  ['without the cookie', { ...begun, cookie: undefined }, 'cookie_missing'],
  ["with another browser's cookie", { ...begun, cookie: another.cookie }, 'cookie_wrong'],
  ['with a state that is no state', { ...begun, state: 'x.y.z' }, 'state_wrong'],
  ['with a line end after the state', { ...begun, state: `${begun.state}\n` }, 'state_wrong'],
  [
    'with a later end written over the state',
    { ...begun, state: begun.state.replace(/^\d+/, '9999999999') },
    'cookie_wrong',
  ],
])('refuses %s', (_, given, problem) => {
  expect(judgeState(SECRET, given, NOW)).toEqual({ ok: false, problem });
});

it('refuses what another secret signed', () => {
  expect(judgeState('another', begun, NOW)).toEqual({ ok: false, problem: 'cookie_wrong' });
});
