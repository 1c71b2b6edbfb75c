import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { readRecorded } from '../../../src/config/recorded-spec.ts';
import type { Reconciliation } from '../../../src/core/spec.ts';
import type { Versioned } from '../../../src/core/versioned.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url));
const NAMES = ['ad-buy-vs-billing', 'content-vs-billing', 'leads-vs-campaigns', 'fcc-ad-orders'];
const ENV = { TIEOUT_SHARED_DATA: '/nowhere', TIEOUT_PERSONAL_KEY: 'k'.repeat(40) };

describe('a spec as the record keeps it', () => {
  it.each(NAMES)('is read back as what it was: %s', async (name) => {
    const config = await loadConfig(`${EXAMPLES}${name}/config`, ENV);

    for (const spec of config.reconciliations.values()) {
      const { sha256, body, text = '' } = spec;
      const recorded = { reconciliation: spec.key, version: 3, sha256, body };
      const asWritten = readRecorded({ ...recorded, text }, config);
      expect({ ...asWritten, file: spec.file, route: undefined }).toEqual({ ...spec, route: undefined });
      expect(withoutPlaces(readRecorded({ ...recorded, text: null }, config))).toEqual(withoutPlaces(spec));
    }
  });

  it('that names what the configuration has no more is refused, and says what and which version', async () => {
    const config = await loadConfig(`${EXAMPLES}ad-buy-vs-billing/config`, ENV);
    const [spec] = config.reconciliations.values();
    const feeds = new Map([...config.feeds].filter(([key]) => key !== spec?.actual.feed));
    const recorded = {
      reconciliation: spec?.key ?? '',
      version: 3,
      sha256: '',
      body: spec?.body ?? '',
      text: null,
    };

    expect(() => readRecorded(recorded, { ...config, feeds })).toThrow(
      /\(version 3\):1:\d+ actual\.feed: no feed "[^"]+"[\s\S]*version 3 is the active rule, and this configuration does not fit it/,
    );
  });
});

/**
 * Where a row of a route stands differs: one stands in a file, the other on the record. The canonical form keeps no order
 * of keys, and what is compared with a weight is compared in any order.
 */
const withoutPlaces = ({ file: _, text: __, route, find, ...spec }: Reconciliation & Versioned) => ({
  ...spec,
  find: find.map((pass) =>
    pass.kind === 'similar'
      ? { ...pass, compare: [...pass.compare].sort((a, b) => (a.expected < b.expected ? -1 : 1)) }
      : pass,
  ),
  route: route?.map((row) => ({ ...row, source: '' })),
});
