import { amountText, csvFile, csvLine } from '../support/text.ts';
import { CONVERSION_FILES, type ConversionFile, daysLater, type Lead, type Spoil } from './cases.ts';
import { compareText, listed, type Numbered, secondOf, type Tale } from './stories.ts';

export const FILE_NAMES = {
  regular: 'campaign_conversions_2026-11.csv',
  broken: 'campaign_conversions_broken.csv',
} as const satisfies Record<ConversionFile, string>;

export const LEAD_FILE_NAMES = {
  october: 'crm_leads_2026-10.csv',
  november: 'crm_leads_2026-11.csv',
} as const;
export const MERGE_FILE_NAME = 'contact_merges_2026-11.csv';

const LEAD_HEADER = [
  ...['lead_id', 'revision', 'contact_id', 'client', 'name', 'company', 'email', 'gclid', 'origin', 'stage'],
  ...['created_date', 'owner', 'first_owner', 'won_date', 'owner_at_win', 'deal_value'],
];
const CONVERSION_HEADER = [
  ...['conversion_id', 'client', 'campaign', 'form_name', 'form_company', 'form_email', 'click_id', 'kind'],
  ...['conversion_date', 'credited_owner'],
];

export type LeadRow = { readonly lead: Lead; readonly revision: number };

/** What each export of the CRM holds: October's every lead of then, November's the new ones and those that changed. */
export function leadRows({ stories }: Tale): { october: readonly LeadRow[]; november: readonly LeadRow[] } {
  const now = stories.flatMap((story) => [
    { lead: story.lead, before: story.before },
    ...(story.second ? [{ lead: secondOf(story), before: undefined }] : []),
  ]);
  const october: LeadRow[] = [];
  const november: LeadRow[] = [];
  for (const { lead, before } of now) {
    if (lead === undefined) continue;
    if (lead.createdOn >= '2026-11') november.push({ lead, revision: 1 });
    else october.push({ lead: before ?? lead, revision: 1 });
    if (before) november.push({ lead, revision: 2 });
  }
  const byId = (a: LeadRow, b: LeadRow): number => compareText(a.lead.id, b.lead.id);
  return { october: october.sort(byId), november: november.sort(byId) };
}

export function leadFiles(tale: Tale): Record<string, string> {
  const { october, november } = leadRows(tale);
  return {
    [LEAD_FILE_NAMES.october]: csvFile(LEAD_HEADER, october.map(leadLine)),
    [LEAD_FILE_NAMES.november]: csvFile(LEAD_HEADER, november.map(leadLine)),
  };
}

const leadLine = ({ lead, revision }: LeadRow): string =>
  csvLine([
    ...[
      lead.id,
      String(revision),
      lead.contact,
      lead.client,
      lead.person,
      lead.company,
      lead.email,
      lead.click,
    ],
    ...[lead.origin, lead.stage, lead.createdOn, lead.owner, lead.firstOwner, lead.wonOn, lead.ownerAtWin],
    lead.valueCents === undefined ? '' : amountText(lead.valueCents),
  ]);

/** The merges that the CRM tells of, each some days after the second row was made. */
export function mergeFile({ stories }: Tale): Record<string, string> {
  const rows = stories.flatMap((story) => {
    const second = secondOf(story);
    if (story.second?.is !== 'merged' || second === undefined) return [];
    return [csvLine([second.contact, story.lead.contact, daysLater(story.lead.createdOn, 3)])];
  });
  return {
    [MERGE_FILE_NAME]: csvFile(['merged_contact', 'kept_contact', 'merged_date'], rows.sort(compareText)),
  };
}

export function conversionFiles({ conversions }: Tale): Record<string, string> {
  const entries = CONVERSION_FILES.map((file) => {
    const rows = listed(conversions, file).map(conversionLine);
    return [FILE_NAMES[file], csvFile(CONVERSION_HEADER, rows)];
  });
  return Object.fromEntries(entries);
}

function conversionLine(conversion: Numbered): string {
  const cells = [
    ...[conversion.number, conversion.client, conversion.campaign, conversion.person, conversion.company],
    ...[conversion.email, conversion.click, conversion.kind, conversion.convertedOn, conversion.owner],
  ];
  return csvLine(conversion.spoil ? SPOILERS[conversion.spoil](cells) : cells);
}

const replaced = (cells: readonly string[], column: string, text: string): string[] =>
  cells.map((cell, index) => (CONVERSION_HEADER[index] === column ? text : cell));

/** What a tired export does to a row; each breaks one thing only, so the reason is certain. */
const SPOILERS = {
  date_does_not_exist: (cells) => replaced(cells, 'conversion_date', '2026-10-32'),
  required_missing: (cells) => replaced(cells, 'conversion_id', ''),
  choice_unknown: (cells) => replaced(cells, 'kind', 'fomr'),
} as const satisfies Record<Spoil, (cells: readonly string[]) => string[]>;
