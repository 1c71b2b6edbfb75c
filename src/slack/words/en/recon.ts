import type { FilteredVerb } from '../../../core/recon-filter.ts';

const end = (near: string | undefined, known = ''): string => {
  if (near !== undefined) return `; did you mean "${near}"?`;
  return known === '' ? '.' : `; known: ${known}.`;
};

const example = (verb: FilteredVerb): string =>
  verb === 'adjustments'
    ? 'Example: /recon adjustments waiting kind:write_off client:"Acme Ltd".'
    : 'Example: /recon list team:finance status:open amount:500.. client:"Acme Ltd".';

/** Why a command was not understood. What was typed comes as it was typed: the whole sentence is escaped. */
const refusals = {
  too_long: (to: { limit: number }) => `That is longer than ${to.limit} characters. Ask for less at once.`,
  unknown_verb: (to: { typed: string; near: string | undefined }) =>
    `There is no /recon ${to.typed}${end(to.near)} Type /recon help for all of them.`,
  nothing_after: (to: { verb: string }) =>
    `/recon ${to.verb} takes nothing after it. Type /recon ${to.verb}, or /recon list with filters.`,
  which_order: (to: { verb: string }) => `Which order? Type its reference: /recon ${to.verb} PO-1042.`,
  which_exception: () => 'Which exception? Type its number: /recon show EX-1042.',
  one_feed: () => 'Type /recon quarantine, or one feed after it: /recon quarantine invoice_lines.',
  only_verify: () =>
    'Type /recon audit for the end of the trail, or /recon audit verify to have all of it proven.',
  crossed_amounts: () => 'The smallest amount is above the largest, so nothing can match. Swap them.',
  not_a_filter: (to: { typed: string; near: string | undefined }) =>
    `"${to.typed}" is no name that I see here${end(to.near)} Names of teams, types, clients, owners and orders may stand alone.`,
  unknown_filter: (to: { typed: string; near: string | undefined; verb: FilteredVerb }) =>
    `There is no filter ${to.typed}:${end(to.near)} ${example(to.verb)}`,
  empty_filter: (to: { key: string; verb: FilteredVerb }) =>
    `${to.key}: has nothing after it. ${example(to.verb)}`,
  repeated_filter: (to: { key: string }) => `${to.key}: is there twice. Keep one of them.`,
  unknown_status: (to: { typed: string; near: string | undefined }) =>
    `"${to.typed}" is no status${end(to.near)} Example: status:open.`,
  unknown_kind: (to: { typed: string; near: string | undefined }) =>
    `"${to.typed}" is no kind of entry${end(to.near)} Example: kind:write_off.`,
  bad_period: (to: { typed: string }) => `"${to.typed}" is no month. Type it like period:2026-10.`,
  bad_amount: (to: { key: string; typed: string }) =>
    `${to.key}:${to.typed} is no amount. Type digits with a point before cents, as in amount:1234.50 or amount:1000..5000.`,
};

/** What each command shows, for help. */
const help = {
  status: 'what is open, in numbers and money, by team, type and status',
  mine: 'what you own, by due time',
  list: 'a list, ten at a time; every filter is optional, names may stand alone, and owner: also takes me and nobody',
  show: 'one exception with its buttons',
  order: 'the documents and exceptions of an order',
  'who-owns': 'whose it is now',
  holds: 'what stops a payment, of all you see or of one client, order or payee',
  adjustments:
    'what was booked for the ledger, and before it what waits for a second person; every filter is optional, and so are waiting and booked alone',
  sla: 'what is overdue, and what is due within the next working day, by team and owner',
  report: 'the digest as of now, of all you see or of one team',
  rules: 'how each reconciliation compares, matches, judges and routes',
  run: 'the latest run of each reconciliation',
  audit:
    'the end of the audit trail and its last anchor; for admins and auditors, audit verify proves all of it',
  quarantine: 'rows that could not be read',
  doctor: 'for admins: what is wrong with the service, and how to mend it',
};

/** The commands of `/recon`, and the answers that show exceptions and orders. */
export const recon = {
  refusals,
  help,
  helpTitle: 'What /recon answers',
  helpNotes: {
    amounts:
      'Amounts are in the currency of each exception: amount:1000..5000, amount:..50, or min: and max:. Quotes keep words together: client:"Acme Ltd".',
    sight:
      'Only you see the answers. You see your teams’ exceptions and your own; ops leads, admins, finance and auditors see all.',
  },
  loading: 'Looking it up…',
  tooOften: 'That is more than one question a second. Nothing was looked up: wait a minute, then ask again.',
  strangeButton: 'This button is not one of mine any more. Type /recon list again.',
  oldList: 'This list is too old to turn its pages. Type the command again.',
  titles: {
    mine: 'My work',
    list: 'Exceptions',
    status: 'Status',
    order: (to: { ref: string }) => `Order ${to.ref}`,
    owners: (to: { ref: string }) => `Who owns ${to.ref}`,
  },
  listHint: '/recon show EX-n shows one with all its buttons.',
  scopes: {
    all: 'all teams',
    own: 'what you own (you are a member of no team)',
    teams: (to: { teams: string }) => `${to.teams} and what you own`,
  },
  nothing: {
    mine: 'You own nothing now. /recon list status:open shows what waits for somebody.',
    team: (to: { typed: string; near: string | undefined; known: string }) =>
      `You see nothing of a team "${to.typed}"${end(to.near, to.known)}`,
    type: (to: { typed: string; near: string | undefined; known: string }) =>
      `You see nothing of the type "${to.typed}"${end(to.near, to.known)}`,
    client: (to: { typed: string; near: string | undefined; known: string }) =>
      `You see nothing of a client "${to.typed}"${end(to.near)}`,
    order: (to: { typed: string; near: string | undefined; known: string }) =>
      `You see nothing of an order "${to.typed}"${end(to.near)}`,
    owner: (to: { typed: string; near: string | undefined; known: string }) =>
      `You see nothing that "${to.typed}" owns${end(to.near)}`,
    match: (to: { scope: string }) =>
      `Nothing matches in ${to.scope}. Leave a filter out, or ask for status:all.`,
    open: (to: { scope: string }) =>
      `Nothing is open in ${to.scope}. /recon run shows when it was last checked.`,
    show: (to: { label: string }) =>
      `There is no ${to.label} that you can see. /recon list status:all shows what there is; somebody else’s team may have it.`,
    needed: 'Nobody needs to: nothing about it is open.',
    order_known: (to: { ref: string; meant: string }) =>
      `Nothing here that you can see carries ${to.ref}.${to.meant === '' ? '' : ` Did you mean ${to.meant}?`} References are compared letter by letter.`,
  },
  status: {
    total: (to: { total: string; scope: string }) => `${to.total}, in ${to.scope}`,
    more: (to: { count: number }) => `${to.count} more lines: narrow it with /recon list team:… type:…`,
  },
  order: {
    exceptions: 'Exceptions',
    noException: 'No exception: nothing about it needs a person.',
    documents: 'Documents',
    noDocument: 'No document carries this reference.',
    on: (to: { amount: string; day: string }) => `${to.amount} on ${to.day}`,
    unmatched: 'matched with nothing',
    takenBack: 'taken back by its source',
    matched: (to: { how: string }) => `matched, ${to.how}`,
    outcomes: { equal: 'equal', excepted: 'with an exception' },
    unclaimed: (to: { team: string }) => `nobody yet; it is for ${to.team}, where any member can claim it`,
    elsewhere: (to: { teams: string }) => `With another team: ${to.teams}. Ask in their channel.`,
    settled: (to: { ref: string }) => `What there was is settled: /recon order ${to.ref}.`,
    more: (to: { count: number }) => `and ${to.count} more`,
    details: (to: { label: string }) => `Details ${to.label}`,
  },
};
