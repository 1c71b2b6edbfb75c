import type { Booking, ResolutionCode } from '../core/organisation.ts';
import type { OrganisationFile } from './schema-organisation.ts';

const code = (
  name: string,
  label: string,
  needs: Partial<Pick<ResolutionCode, 'note' | 'amount' | 'books'>> = {},
): ResolutionCode => ({ code: name, label, types: [], note: 'optional', amount: 'optional', ...needs });

/** What a person may choose when `tieout.yaml` states no codes of its own. */
const DEFAULT_RESOLUTION_CODES: readonly ResolutionCode[] = [
  code('corrected_at_source', 'Corrected at the source'),
  code('matched_by_hand', 'Matched by hand'),
  code('adjusted', 'Adjusted', { amount: 'required', books: 'adjustment' }),
  code('written_off', 'Written off', { amount: 'required', books: 'write_off' }),
  code('accepted', 'Accepted as is'),
  code('duplicate', 'Duplicate'),
  code('other', 'Something else', { note: 'required' }),
];

/** What a code of these names books unless it says otherwise. */
const BOOKED: Readonly<Record<string, Booking>> = { adjusted: 'adjustment', written_off: 'write_off' };

/** The codes that `tieout.yaml` states, or those that Tieout brings along. */
export const toResolutionCodes = (file: OrganisationFile): readonly ResolutionCode[] =>
  file.resolution_codes?.map(({ books, ...rest }) => ({ ...rest, books: bookingOf(rest.code, books) })) ??
  DEFAULT_RESOLUTION_CODES;

function bookingOf(name: string, books: Booking | 'nothing' | undefined): Booking | undefined {
  if (books === 'nothing') return undefined;
  return books ?? (Object.hasOwn(BOOKED, name) ? BOOKED[name] : undefined);
}
