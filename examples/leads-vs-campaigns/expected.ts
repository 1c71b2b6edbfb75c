import {
  countBy,
  type ExpectedException,
  type ExpectedOutcome,
  type ExpectedRun,
  type QuarantinedRow,
} from '../support/outcome.ts';
import { CONVERSION_FILES, daysLater, type Label, type Story } from './cases.ts';
import { FILE_NAMES, LEAD_FILE_NAMES, leadRows, MERGE_FILE_NAME } from './files.ts';
import { compareText, listed, type Numbered, secondOf, type Tale } from './stories.ts';

/** The cut-off everything here holds for, and the day it falls on. */
const AS_OF = '2026-11-15T12:00:00Z';
const CUTOFF_ON = '2026-11-15';
const LATE_UNTIL_DAYS = 30;
const DUE_WITHIN_DAYS = 7;

type Raised = Pick<ExpectedException, 'type' | 'severity' | 'reason' | 'team'>;

const raised = (type: string, severity: Raised['severity'], reason: string, team: string): Raised => ({
  type,
  severity,
  reason,
  team,
});

/** What each label becomes under the rules and the route in `config/`. */
const LABELS = {
  owner_conflict: raised('owner_conflict', 'block_payout', 'TWO_OWNERS', 'customer_ops'),
  owner_changed: raised('owner_changed', 'block_payout', 'OWNER_CHANGED', 'customer_ops'),
  won_before_contact: raised('won_before_contact', 'manual_review', 'TIME_TRAVEL', 'revenue_ops'),
  no_attribution: raised('no_attribution', 'manual_review', 'ATTRIBUTED', 'customer_ops'),
  too_late: raised('too_late', 'manual_review', 'AFTER_LATE_UNTIL', 'revenue_ops'),
} as const satisfies Record<Label, Raised>;

const DUPLICATE = raised('duplicate_lead', 'manual_review', 'SAME_CLIENT_EMAIL_COMPANY', 'revenue_ops');
const STRAY = raised('conversion_without_lead', 'manual_review', 'NOTHING_ON_EXPECTED_SIDE', 'revenue_ops');

export function expectedOutcome(
  tale: Tale,
  { seed, leads }: { seed: number; leads: number },
): ExpectedOutcome {
  const spoilt = quarantinedRows(tale.conversions);
  return {
    asOf: AS_OF,
    seed,
    size: leads,
    deliveries: deliveriesOf(tale),
    quarantined: {
      crm_leads: {},
      campaign_conversions: countBy(spoilt, (row) => row.reason),
      contact_merges: {},
    },
    quarantinedRows: spoilt,
    reconciliations: { 'leads-vs-campaigns': expectedRun(tale) },
  };
}

function deliveriesOf(tale: Tale): ExpectedOutcome['deliveries'] {
  const { october, november } = leadRows(tale);
  const changed = november.filter(({ revision }) => revision > 1).length;
  const merges = tale.stories.filter(({ second }) => second?.is === 'merged').length;
  const delivery = (feed: string, file: string, rowsNew: number, rowsChanged = 0, rowsQuarantined = 0) => ({
    feed,
    file,
    rowsRead: rowsNew + rowsChanged + rowsQuarantined,
    rowsNew,
    rowsChanged,
    rowsQuarantined,
  });
  return [
    delivery('crm_leads', LEAD_FILE_NAMES.october, october.length),
    delivery('crm_leads', LEAD_FILE_NAMES.november, november.length - changed, changed),
    ...CONVERSION_FILES.map((file) => {
      const inFile = listed(tale.conversions, file);
      const broken = inFile.filter(({ spoil }) => spoil).length;
      return delivery('campaign_conversions', FILE_NAMES[file], inFile.length - broken, 0, broken);
    }),
    delivery('contact_merges', MERGE_FILE_NAME, merges),
  ];
}

const quarantinedRows = (conversions: readonly Numbered[]): QuarantinedRow[] =>
  listed(conversions, 'broken').flatMap(({ spoil }, index) =>
    spoil ? [{ file: FILE_NAMES.broken, line: index + 2, reason: spoil }] : [],
  );

function expectedRun({ stories, conversions }: Tale): ExpectedRun {
  const strays = conversions.filter(({ about, kind }) => about === undefined && kind !== 'test');
  const exceptions = [
    ...stories.flatMap((story) => exceptionsOf(story, conversions)),
    ...strays.map(({ number }) => ({ ...STRAY, orderRef: number, refs: [number] })),
  ].sort(byTypeThenRef);
  const verdicts = stories.map(({ verdict }) => verdict);
  const withOutcome = (outcome: string): number =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const merged = stories.flatMap((story) =>
    story.second?.is === 'merged' ? (secondOf(story)?.id ?? []) : [],
  );
  const readable = conversions.filter(({ spoil }) => !spoil);
  return {
    records: {
      crm_leads: stories.length + stories.filter(({ second }) => second).length,
      campaign_conversions: readable.length,
    },
    groups: { equal: withOutcome('equal'), auto_resolved: merged.length, excepted: withOutcome('excepted') },
    groupsByPass: {
      ...countBy(verdicts, (verdict) => ('pass' in verdict ? verdict.pass : undefined)),
      identity: merged.length,
    },
    autoResolved: { MERGED: merged.sort(compareText) },
    credits: [],
    exceptionsByType: countBy(exceptions, ({ type }) => type),
    exceptionsByTeam: countBy(exceptions, ({ team }) => team),
    exceptions,
    pending: stories
      .filter(({ verdict }) => verdict.outcome === 'pending')
      .map(({ lead }) => lead.id)
      .sort(compareText),
    ignored: withOutcome('ignored') + conversions.filter(({ kind }) => kind === 'test').length,
    late: stories.filter((story) => 'pass' in story.verdict && lagOf(story) > DUE_WITHIN_DAYS).length,
  };
}

const lagOf = ({ lead, conversions }: Story): number => {
  const days = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
  return Math.max(...conversions.map(({ convertedOn }) => days(convertedOn))) - days(lead.createdOn);
};

function exceptionsOf(story: Story, conversions: readonly Numbered[]): ExpectedException[] {
  const { lead, verdict } = story;
  const found: ExpectedException[] = [];
  const second = story.second?.is === 'duplicate' ? secondOf(story) : undefined;
  if (second) found.push({ ...DUPLICATE, orderRef: lead.id, refs: [lead.id, second.id] });
  if (verdict.outcome === 'missing')
    found.push({ ...missing(lead.createdOn), orderRef: lead.id, refs: [lead.id] });
  if (verdict.outcome === 'excepted') {
    const own = conversions.filter(({ about }) => about === story).map(({ number }) => number);
    found.push({ ...LABELS[verdict.as], orderRef: lead.id, refs: [lead.id, ...own] });
  }
  return found;
}

/** Late as long as it may still come, then gone. */
const missing = (createdOn: string): Raised => {
  const isPast = daysLater(createdOn, LATE_UNTIL_DAYS) < CUTOFF_ON;
  const reason = isPast ? 'NOTHING_ON_ACTUAL_SIDE' : 'LATE_ON_ACTUAL_SIDE';
  return raised('unattributed_lead', 'manual_review', reason, 'revenue_ops');
};

const byTypeThenRef = (a: ExpectedException, b: ExpectedException): number =>
  compareText(a.type, b.type) || compareText(a.orderRef ?? '', b.orderRef ?? '');
