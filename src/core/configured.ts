import type { CardFacts } from './card.ts';
import type { EntryPage } from './entry.ts';
import type { GroupFacts } from './group.ts';
import type { HoldPage } from './hold.ts';
import type { Organisation } from './organisation.ts';
import type { WorkPage } from './work.ts';

/** How a client's amounts are written (BCP 47); undefined for a client that the configuration does not name. */
export const amountTagOf = (
  { clients }: Pick<Organisation, 'clients'>,
  client: string | undefined,
): string | undefined => clients.find(({ name }) => name === client)?.locale;

/** The facts with what only the configuration knows: the playbook of their type, and how their client writes amounts. */
export const configured = (
  facts: CardFacts,
  organisation: Pick<Organisation, 'clients' | 'playbooks'>,
): CardFacts => ({
  ...facts,
  playbook: Object.hasOwn(organisation.playbooks, facts.type)
    ? organisation.playbooks[facts.type]
    : undefined,
  amountTag: amountTagOf(organisation, facts.client),
});

/** The group's facts with how the clients of its largest exceptions write amounts. */
export const configuredGroup = (
  facts: GroupFacts,
  organisation: Pick<Organisation, 'clients'>,
): GroupFacts => ({
  ...facts,
  top: facts.top.map((item) => ({ ...item, amountTag: amountTagOf(organisation, item.client) })),
});

/** The page with how each row's client writes amounts. */
export const configuredPage = (page: WorkPage, organisation: Pick<Organisation, 'clients'>): WorkPage => ({
  ...page,
  rows: page.rows.map((row) => ({ ...row, amountTag: amountTagOf(organisation, row.client) })),
});

/** The holds with how each one's client writes amounts. */
export const configuredHolds = (page: HoldPage, organisation: Pick<Organisation, 'clients'>): HoldPage => ({
  ...page,
  rows: page.rows.map((row) => ({ ...row, amountTag: amountTagOf(organisation, row.client) })),
});

/** The entries with how each one's client writes amounts. */
export function configuredEntries(page: EntryPage, organisation: Pick<Organisation, 'clients'>): EntryPage {
  const tagged = <Row extends { readonly client: string | undefined }>(row: Row): Row => ({
    ...row,
    amountTag: amountTagOf(organisation, row.client),
  });
  return { ...page, waiting: page.waiting.map(tagged), booked: page.booked.map(tagged) };
}
