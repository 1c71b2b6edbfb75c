import type { ResolutionCode } from '../core/organisation.ts';

const code = (
  name: string,
  label: string,
  needs: Partial<Pick<ResolutionCode, 'note' | 'amount'>> = {},
): ResolutionCode => ({ code: name, label, types: [], note: 'optional', amount: 'optional', ...needs });

/** What a person may choose when `tieout.yaml` states no codes of its own. */
export const DEFAULT_RESOLUTION_CODES: readonly ResolutionCode[] = [
  code('corrected_at_source', 'Corrected at the source'),
  code('matched_by_hand', 'Matched by hand'),
  code('adjusted', 'Adjusted', { amount: 'required' }),
  code('written_off', 'Written off', { amount: 'required' }),
  code('accepted', 'Accepted as is'),
  code('duplicate', 'Duplicate'),
  code('other', 'Something else', { note: 'required' }),
];
