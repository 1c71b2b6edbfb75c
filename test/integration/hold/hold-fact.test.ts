import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { canonical } from '../../../src/core/canonical.ts';
import { connect } from '../../../src/db/client.ts';
import { testDatabase } from '../../support/database.ts';

const database = await testDatabase();
const sql = connect({ url: database.adminUrl, role: 'admin', max: 1 });
afterAll(() => sql.end());

/** What Postgres and canonical text can hold: no NUL, no half a character. */
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\u0000'));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });

const HOLD = fc.record({
  hold_id: fc.uuid(),
  state: maybe(fc.constantFrom('open', 'released')),
  version: maybe(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
  kind: text,
  exception_id: maybe(fc.uuid()),
  client: maybe(text),
  order_ref: maybe(text),
  payee: maybe(text),
  amount_minor: maybe(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String)),
  currency: maybe(fc.constantFrom('USD', 'JPY')),
  expires_at: maybe(fc.constantFrom('2026-11-30T05:06:07.008Z', '1999-12-31T23:59:59.000Z')),
  released_how: maybe(text),
});

it('puts on the trail the canonical text of what a hold is, whatever its words are', async () => {
  await fc.assert(
    fc.asyncProperty(HOLD, text, maybe(text), maybe(text), async (hold, name, why, note) => {
      const actor = { kind: 'program', name };
      const [row] = await sql<{ fact: string }[]>`
        select tieout.hold_fact('hold.placed', jsonb_populate_record(null::tieout.hold, ${JSON.stringify(hold)}::text::jsonb),
          ${JSON.stringify(actor)}::text::jsonb, ${why}, ${note}) as fact`;
      const { hold_id, ...data } = hold;
      const given = { ...(note === null ? {} : { note }), ...(why === null ? {} : { reason: why }) };

      expect(row?.fact).toBe(
        canonical({ v: 1, action: 'hold.placed', entity: 'hold', entity_id: hold_id, actor, data, ...given }),
      );
    }),
  );
});
