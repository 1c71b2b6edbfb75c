import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AuditFact, auditBody } from '../../../src/core/audit.ts';

const FACT: AuditFact = {
  action: 'exception.resolve',
  entity: 'exception',
  entityId: '0190a000-0000-7000-8000-000000000001',
  actor: { kind: 'person', id: '0190a000-0000-7000-8000-000000000002' },
  requestKey: 'T1/U1/123.456',
  reason: 'written_off',
  note: 'Agreed with the vendor – 50 € credit',
  state: {
    status: 'resolved',
    from: 'claimed',
    version: 3,
    level: 1,
    ownerId: '0190a000-0000-7000-8000-000000000002',
  },
  data: { amount_minor: '-5000', currency: 'EUR', lines: ['a', 'b'] },
};

describe('the body of an audit event', () => {
  // These bytes are on the record of every installation. When this fails, `v` must change, not the expectation.
  it('is these bytes, for ever', () => {
    expect(auditBody(FACT)).toBe(
      '{"action":"exception.resolve","actor":{"id":"0190a000-0000-7000-8000-000000000002","kind":"person"},' +
        '"data":{"amount_minor":"-5000","currency":"EUR","lines":["a","b"]},"entity":"exception",' +
        '"entity_id":"0190a000-0000-7000-8000-000000000001","note":"Agreed with the vendor – 50 € credit",' +
        '"reason":"written_off","request":"T1/U1/123.456","state":{"from":"claimed","level":1,' +
        '"owner_id":"0190a000-0000-7000-8000-000000000002","status":"resolved","version":3},"v":1}',
    );
    expect(createHash('sha256').update(auditBody(FACT)).digest('hex')).toBe(
      'cfe0af956d925cd4fc31d28491de69702bff6492bd6d60cb881e6d29d41c8552',
    );
  });

  it('leaves out what is not said, and keeps an owner that is nobody', () => {
    const body = auditBody({
      action: 'exception.opened',
      entity: 'exception',
      entityId: '0190a000-0000-7000-8000-000000000001',
      actor: { kind: 'program', name: 'run' },
      note: undefined,
      state: { status: 'open', version: 1, level: 0, ownerId: null },
    });

    expect(body).toBe(
      '{"action":"exception.opened","actor":{"kind":"program","name":"run"},"entity":"exception",' +
        '"entity_id":"0190a000-0000-7000-8000-000000000001",' +
        '"state":{"level":0,"owner_id":null,"status":"open","version":1},"v":1}',
    );
  });

  it('does not depend on the order in which a fact was written down', () => {
    const reversed = Object.fromEntries(Object.entries(FACT).reverse()) as unknown as AuditFact;

    expect(auditBody(reversed)).toBe(auditBody(FACT));
  });
});
