/** The resolution codes that Tieout brings along; those of a configuration are shown as it writes them. */
export const codes = {
  corrected_at_source: 'Corrected at the source',
  matched_by_hand: 'Matched by hand',
  adjusted: 'Adjusted',
  written_off: 'Written off',
  accepted: 'Accepted as is',
  duplicate: 'Duplicate',
  other: 'Something else',
};
