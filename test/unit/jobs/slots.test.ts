import { createTask } from 'node-cron';
import { describe, expect, it } from 'vitest';
import { latestSlot, slotsOf } from '../../../src/jobs/slots.ts';

const NOW = new Date('2026-12-01T00:00:30Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 60 * 60_000);

/** How often the library is asked about an expression, beside what was found. */
function counted(cron: string, days: number) {
  const { matches, ...slots } = slotsOf(cron);
  let asked = 0;
  const counting = (at: Date) => {
    asked += 1;
    return matches(at);
  };
  const slot = latestSlot({ ...slots, matches: counting }, { after: daysAgo(days), now: NOW });
  return { slot: slot?.toISOString(), asked };
}

describe('the latest slot', () => {
  it.each([
    ['0 3 1 * *', 30, '2026-11-01T03:00:00.000Z'],
    ['0 3 1 1 *', 330, undefined],
    ['0 6 * * 1', 7, '2026-11-30T06:00:00.000Z'],
    ['0 3 L * *', 30, '2026-11-30T03:00:00.000Z'],
    ['*/5 * * * *', 1, '2026-12-01T00:00:00.000Z'],
  ])(
    'of %s within %i days is found in a few looks, since every minute asks for it',
    (cron, days, expected) => {
      const { slot, asked } = counted(cron, days);

      expect(slot).toBe(expected);
      expect(asked).toBeLessThan(35);
    },
  );

  it.each(['*/15 8-18 * jan,nov mon-fri', '5,50 */7 */2 * *', '0 0 * * 7', '30 23 29-31 * *', '0 12 L * *'])(
    'of %s is that of every minute looked at one by one',
    (cron) => {
      const task = createTask(cron, () => undefined, { timezone: 'UTC' });
      const last = Date.UTC(2026, 10, 30, 23, 59);
      const minutes = Array.from({ length: 5 * 24 * 60 }, (_, ago) => new Date(last - ago * 60_000));
      const all = minutes.filter((at) => task.match(at)).map((at) => at.toISOString());

      const found = [];
      const after = new Date(last - 5 * 24 * 60 * 60_000);
      let now = new Date(last);
      for (;;) {
        const slot = latestSlot(slotsOf(cron), { after, now });
        if (!slot) break;
        found.push(slot.toISOString());
        now = new Date(slot.getTime() - 1);
      }

      expect(found).toEqual(all);
    },
  );
});
