import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OFFER_STATES } from '../../src/core/hand-over.ts';
import { RELEASE_WAYS } from '../../src/core/hold.ts';
import { DELIVERY_STATUSES } from '../../src/core/intake/decision.ts';
import { hasOwner, LIVE_STATUSES, STATUSES } from '../../src/core/lifecycle.ts';
import { RULE_CHANGE_STATES, SEATS } from '../../src/core/rule-change.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { SIDES } from '../../src/core/spec.ts';
import { MESSAGE_STATES } from '../../src/pipeline/webhook/list-messages.sql.ts';

const FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url));

const MIGRATIONS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => readFileSync(FOLDER + name, 'utf8'))
  .join('\n');

/** The constraint as the last migration that speaks of it states it. */
const constraint = (name: string): string =>
  [...MIGRATIONS.matchAll(new RegExp(`"?${name}"? check \\((.*)\\),?$`, 'gim'))].at(-1)?.[1] ?? '';

const quoted = (text: string): string[] => [...text.matchAll(/'(\w+)'/g)].map(([, word]) => word ?? '');

describe('the constraints of the database', () => {
  it('allow the statuses of the lifecycle, and no other', () => {
    expect(quoted(constraint('exception_status_check'))).toEqual([...STATUSES]);
  });

  it('allow the severities of the code, and no other', () => {
    expect(quoted(constraint('exception_severity_check'))).toEqual([...SEVERITIES]);
  });

  it('allow the states of an offer, and no other', () => {
    expect(quoted(constraint('hand_over_state_check'))).toEqual([...OFFER_STATES]);
  });

  it('allow the ways in which a hold ends, and no other', () => {
    expect(quoted(constraint('hold_released_how_check'))).toEqual([...RELEASE_WAYS]);
  });

  it('allow the states of a webhook message, and no other', () => {
    expect(quoted(constraint('webhook_message_state_check'))).toEqual([...MESSAGE_STATES]);
  });

  it('allow the statuses of a delivery, and no other', () => {
    expect(quoted(constraint('delivery_status_check'))).toEqual([...DELIVERY_STATUSES]);
  });

  it('allow the seats of an approval and the states of a rule change, and no other', () => {
    expect(quoted(constraint('rule_approval_seat_check'))).toEqual([...SEATS]);
    expect(quoted(constraint('rule_change_state_check'))).toEqual([...RULE_CHANGE_STATES]);
  });

  it.each(['exception_member_side_check', 'match_member_side_check'])('allow two sides (%s)', (name) => {
    expect(quoted(constraint(name))).toEqual([...SIDES]);
  });

  it('want an owner in exactly the statuses that have one', () => {
    const [owned, unowned, closed] = constraint('exception_owner_check').split(' or ');

    expect(quoted(owned ?? '')).toEqual(STATUSES.filter(hasOwner));
    expect([...quoted(unowned ?? ''), ...quoted(closed ?? '')]).toEqual(
      STATUSES.filter((status) => !hasOwner(status)),
    );
  });

  it('want a closing time in exactly the statuses that are not live', () => {
    expect(quoted(constraint('exception_closed_check'))).toEqual(
      STATUSES.filter((status) => !LIVE_STATUSES.includes(status)),
    );
  });
});
