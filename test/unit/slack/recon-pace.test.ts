import { expect, test } from 'vitest';
import { perPerson } from '../../../src/slack/listeners/recon/pace.ts';

const asked = (mayAsk: (userId: string) => boolean, times: number, who = 'U1'): number =>
  Array.from({ length: times }, () => mayAsk(who)).filter(Boolean).length;

test('a person may ask sixty times at once, and then once a second', () => {
  let now = 0;
  const mayAsk = perPerson(() => now);
  expect(asked(mayAsk, 120)).toBe(60);
  now += 5_000;
  expect(asked(mayAsk, 120)).toBe(5);
});

test('nobody pays for what somebody else asks', () => {
  const mayAsk = perPerson(() => 0);
  expect(asked(mayAsk, 120, 'U1')).toBe(60);
  expect(asked(mayAsk, 1, 'U2')).toBe(1);
});
