/** The answers of `/recon` about due times, rules and the service itself. */
export const operations = {
  more: (to: { count: number }) => `and ${to.count} more`,
  ages: {
    moment: 'less than a minute',
    minutes: (to: { count: number }) => `${to.count} min`,
    hours: (to: { count: number }) => `${to.count} h`,
    days: (to: { count: number }) => `${to.count} d`,
  },
  sla: {
    title: 'Due times',
    none: (to: { scope: string; until: string }) =>
      `Nothing is overdue or due by ${to.until}, in ${to.scope}.`,
    total: (to: { overdue: number; soon: number; until: string; scope: string }) =>
      `${to.overdue} overdue, ${to.soon} due by ${to.until}, in ${to.scope}`,
    nobody: 'nobody yet',
    row: (to: { who: string; overdue: number; soon: number; money: string }) =>
      `${to.who}: ${to.overdue} overdue, ${to.soon} due soon, ${to.money}`,
    since: (to: { age: string; at: string }) => `the oldest for ${to.age}, since ${to.at}`,
    first: (to: { at: string }) => `the first ${to.at}`,
  },
  rules: {
    title: 'Rules',
    none: 'No reconciliation is configured. Rules stand in the reconciliations folder of the configuration.',
    unknown: (to: { typed: string; near: string | undefined; known: string }) =>
      `There is no reconciliation "${to.typed}"${to.near === undefined ? `; known: ${to.known}.` : `; did you mean "${to.near}"?`}`,
    version: (to: { version: number; at: string }) => `version ${to.version} of ${to.at}`,
    unrecorded: 'not on the record yet',
    sides: (to: { expected: string; actual: string; currency: string; zone: string }) =>
      `Compares ${to.expected} (expected) with ${to.actual} (actual) in ${to.currency}, days in ${to.zone}`,
    duplicate: (to: { feed: string; fields: string; type: string; severity: string }) =>
      `Repeated ${to.feed} (same ${to.fields}): ${to.type}, ${to.severity}`,
    pass: (to: { position: number; name: string; on: string; how: string }) =>
      `Pass ${to.position}, ${to.name}: ${to.on} (${to.how})`,
    similar: (to: { position: number; name: string; within: string; on: string }) =>
      `Pass ${to.position}, ${to.name}: alike in ${to.on}, within the same ${to.within}`,
    combine: (to: { position: number; name: string; within: string; items: number; pool: number }) =>
      `Pass ${to.position}, ${to.name}: the only set of up to ${to.items}, of at most ${to.pool}, that adds up to the cent, within the same ${to.within}`,
    decides: (to: { auto: string; margin: number; suggest: string }) =>
      `What is alike is accepted from ${to.auto} and ${to.margin} bits ahead of the next, suggested from ${to.suggest}`,
    credits: (to: { field: string; value: string }) => `Credits are lines where ${to.field} is ${to.value}`,
    settles: (to: { id: string; expect: string; reason: string }) =>
      `${to.id}: settled when ${to.expect}, as ${to.reason}`,
    tells: (to: { team: string }) => `tells ${to.team}`,
    raises: (to: { id: string; expect: string; reason: string; severity: string }) =>
      `${to.id}: unless ${to.expect}, ${to.severity}, as ${to.reason}`,
    missingActual: (to: { days: number; type: string; severity: string }) =>
      `Nothing on the actual side after ${to.days} days: ${to.type}, ${to.severity}`,
    missingExpected: (to: { days: number; type: string; severity: string }) =>
      `Nothing on the expected side after ${to.days} days: ${to.type}, ${to.severity}`,
    routes: (to: { type: string; team: string; sla: string; source: string }) =>
      `${to.type} goes to ${to.team}, within ${to.sla} (${to.source})`,
    more: 'Rules are changed in the files of the configuration. One alone: /recon rules, and its name.',
    severities: {
      auto_resolve: 'settles itself',
      manual_review: 'needs review',
      block_payout: 'blocks the payout',
    },
  },
  run: {
    title: 'Latest runs',
    none: 'Nothing ran yet. An operator starts one: tieout run.',
    head: (to: { status: string; mode: string; started: string; cutoff: string }) =>
      `${to.status}${to.mode === '' ? '' : ` in ${to.mode} mode`}, started ${to.started}, as of ${to.cutoff}`,
    statuses: { running: 'running', applied: 'applied', unchanged: 'unchanged', failed: 'failed' },
    unfinished: 'not finished',
    problem: 'Tell an operator; the next run tries again.',
    counts: {
      expected: 'expected records',
      actual: 'actual records',
      matches: 'new matches',
      autoResolved: 'settled by rule',
      open: 'exceptions opened',
      update: 'updated',
      reopen: 'reopened',
      clear: 'cleared',
    },
  },
  audit: {
    title: 'Audit trail',
    events: (to: { count: string; hash: string }) => `${to.count} events, the last one ${to.hash}…`,
    noAnchor: 'No copy of its end has left the database yet: tieout audit anchor makes one.',
    anchor: (to: { seq: string; age: string; at: string; place: string; since: string }) =>
      `Last anchor: event ${to.seq}, ${to.age} ago (${to.at}), ${to.place}; ${to.since} events since`,
    verify:
      'This looks at the end only. The whole chain is walked by /recon audit verify, and by tieout audit verify.',
    proversOnly:
      'Only admins and auditors may have the whole trail proven: it takes its time. Ask one of them, or look at /recon audit.',
    intact: (to: { count: string }) =>
      `Intact: ${to.count} events walked. Every hash and every link fits, and every exception follows from them.`,
    complete: (to: { seq: string }) =>
      `Complete up to event ${to.seq}, the newest anchor outside the database.`,
    notComplete:
      'That its end was not cut is NOT proven: no anchor is kept outside the database. tieout audit anchor makes one.',
    changed: (to: { count: number; events: string }) =>
      `CHANGED: ${to.events} events walked, problems found: ${to.count}. Stop writing and keep the database as it is; docs/operations.md says what next.`,
  },
  quarantine: {
    title: 'Quarantine',
    none: 'Nothing is kept out: every row that came is a record.',
    noFeed: (to: { typed: string; near: string | undefined; known: string }) => {
      const meant = to.near === undefined ? `; known: ${to.known}.` : `; did you mean "${to.near}"?`;
      return `There is no feed "${to.typed}"${meant}`;
    },
    hidden: 'The rows themselves are shown to ops leads, admins, finance and auditors.',
    newest: 'Newest',
    line: (to: { delivery: string; line: number }) => `${to.delivery} line ${to.line}`,
    wayOut:
      'With their bytes: tieout quarantine. Correct them at the source and deliver again; or correct the contract, then: tieout quarantine replay',
  },
  doctor: {
    title: 'Doctor',
    adminsOnly:
      'Only admins may ask the doctor: it speaks of tokens and channels. Ask one of them, or look at /recon status.',
    states: { ok: 'fine', skipped: 'not looked at', failed: 'WRONG' },
    healthy: 'Nothing is wrong.',
    wrong: (to: { count: number }) => `Things to mend: ${to.count}.`,
    fix: (to: { fix: string }) => `Fix: ${to.fix}`,
    dead: (to: { count: number }) => `Messages given up: ${to.count}`,
    letter: (to: { what: string; address: string; reason: string; attempts: number; at: string }) =>
      `${to.what} for ${to.address}: ${to.reason}, after ${to.attempts} attempts, written ${to.at}`,
    kinds: {
      card: 'card',
      group: 'group card',
      reply: 'line in a thread',
      notice: 'notice',
      digest: 'digest',
    },
    wayOut:
      'What they speak of is on the record: /recon list. Mend the reason; then an operator has them sent again: tieout outbox retry',
    notHere:
      'The environment, the request address and the clock of Slack’s requests are looked at by: tieout doctor',
  },
};
