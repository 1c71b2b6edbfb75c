import type { Dice } from '../support/random.ts';

export type Task = {
  readonly id: string;
  readonly client: string;
  readonly title: string;
  readonly status: 'open' | 'review' | 'done';
  readonly quantity: number;
  /** `YYYY-MM-DD` */
  readonly doneOn: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly feeCents: bigint;
};

export const INVOICE_FILES = ['regular', 'broken'] as const;
export type InvoiceFile = (typeof INVOICE_FILES)[number];

export const SPOILS = ['amount_malformed', 'row_short', 'integer_malformed'] as const;
export type Spoil = (typeof SPOILS)[number];

export type Line = {
  readonly title: string;
  readonly task: string;
  readonly quantity: number;
  readonly cents: bigint;
};

/** Lines that share one invoice number. `voids` names another invoice of the story by its place, counted from 0. */
export type Invoice = {
  readonly file: InvoiceFile;
  readonly client: string;
  readonly month: string;
  readonly on: string;
  readonly lines: readonly Line[];
  readonly voids?: number;
  readonly spoil?: Spoil;
};

export type Pass = 'task' | 'task-lines' | 'title' | 'bundle';
export type Label =
  | 'price_differs'
  | 'quantity_differs'
  | 'billed_before_done'
  | 'too_late'
  | 'not_delivered';

export type Verdict =
  | { readonly outcome: 'equal'; readonly pass: Pass }
  | { readonly outcome: 'rounded'; readonly pass: Pass }
  | { readonly outcome: 'excepted'; readonly pass: Pass; readonly as: Label }
  | { readonly outcome: 'missing' | 'pending' | 'ignored' }
  /** The task is left out as not done, but somebody billed it. */
  | { readonly outcome: 'billed_anyway' };

/** What happened to one piece of work, which may be several tasks, and what the run must make of it. */
export type Story = {
  readonly tasks: readonly Task[];
  readonly invoices: readonly Invoice[];
  /** The task as October's export had it, when it changed since. */
  readonly before?: Task;
  readonly verdict: Verdict;
};

/** `tasks` makes the work; `n` counts the stories of this case from 0. */
type Tell = (tasks: readonly Task[], roll: Dice, n: number) => Story;

export type Case = {
  /** How many of 60 stories; the plain ones take what is left. */
  readonly share: number;
  readonly done: 'settled' | 'recent' | 'old';
  readonly tell: Tell;
  /** How many tasks the n-th story of the case has; one where nothing is said. */
  readonly tasks?: (n: number) => number;
};

const DAY_MS = 86_400_000;

/** The day so many days later. */
export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const theFirst = (tasks: readonly Task[]): Task => {
  const [task] = tasks;
  if (!task) throw new Error('a story needs a task');
  return task;
};

const lineOf = (task: Task, change: Partial<Line> = {}): Line => ({
  title: task.title,
  task: task.id,
  quantity: task.quantity,
  cents: task.feeCents,
  ...change,
});

const billed = (task: Task, on: string, lines: readonly Line[], more: Partial<Invoice> = {}): Invoice => ({
  file: 'regular',
  client: task.client,
  month: task.month,
  on,
  lines,
  ...more,
});

const soon = (task: Task, roll: Dice): string => daysLater(task.doneOn, roll.int(1, 12));

const perMille = (cents: bigint, parts: number): bigint => (cents * BigInt(parts)) / 1000n;

const EQUAL: Verdict = { outcome: 'equal', pass: 'task' };
const excepted = (as: Label): Verdict => ({ outcome: 'excepted', pass: 'task', as });

/** One task, one line, changed in one respect. */
const asBilled =
  (change: (task: Task, roll: Dice, n: number) => Partial<Line>, verdict: Verdict): Tell =>
  (tasks, roll, n) => {
    const task = theFirst(tasks);
    return {
      tasks,
      invoices: [billed(task, soon(task, roll), [lineOf(task, change(task, roll, n))])],
      verdict,
    };
  };

const plain: Tell = (tasks, roll, n) => {
  const story = asBilled(() => ({}), EQUAL)(tasks, roll, n);
  return n % 8 === 0 ? { ...story, before: { ...theFirst(tasks), status: 'review' } } : story;
};

/** Within 1 %; the first exactly on the bound. */
const rounded = asBilled(
  (task, roll, n) => ({ cents: task.feeCents + perMille(task.feeCents, n === 0 ? 10 : -roll.int(1, 9)) }),
  { outcome: 'rounded', pass: 'task' },
);

const otherPrice = asBilled(
  (task, roll, n) => ({
    cents: task.feeCents + perMille(task.feeCents, (n % 2 === 0 ? 1 : -1) * roll.int(60, 250)),
  }),
  excepted('price_differs'),
);

const otherQuantity = asBilled((task) => ({ quantity: task.quantity + 1 }), excepted('quantity_differs'));

const beforeDone: Tell = (tasks, roll) => {
  const task = theFirst(tasks);
  const on = daysLater(task.doneOn, -roll.int(1, 6));
  return { tasks, invoices: [billed(task, on, [lineOf(task)])], verdict: excepted('billed_before_done') };
};

const withoutRef = asBilled(
  (task, _roll, n) => ({ task: '', title: n % 2 === 0 ? task.title : `${task.title} (final)` }),
  {
    outcome: 'equal',
    pass: 'title',
  },
);

const severalLines: Tell = (given, roll) => {
  const tasks = given.map((one) => ({ ...one, quantity: one.quantity + 1 }));
  const task = theFirst(tasks);
  const first = perMille(task.feeCents, roll.int(400, 600));
  const lines = [
    lineOf(task, { cents: first, quantity: 1, title: `${task.title}, first half` }),
    lineOf(task, { cents: task.feeCents - first, quantity: task.quantity - 1, title: `${task.title}, rest` }),
  ];
  return {
    tasks,
    invoices: [billed(task, soon(task, roll), lines)],
    verdict: { outcome: 'equal', pass: 'task-lines' },
  };
};

/** Two to four tasks in one line that names none of them. */
const bundle: Tell = (tasks, roll) => {
  const task = theFirst(tasks);
  const line: Line = {
    title: `Content services ${task.month}`,
    task: '',
    quantity: tasks.reduce((sum, { quantity }) => sum + quantity, 0),
    cents: tasks.reduce((sum, { feeCents }) => sum + feeCents, 0n),
  };
  const last =
    tasks
      .map(({ doneOn }) => doneOn)
      .sort()
      .at(-1) ?? task.doneOn;
  return {
    tasks,
    invoices: [billed(task, daysLater(last, roll.int(1, 3)), [line])],
    verdict: { outcome: 'equal', pass: 'bundle' },
  };
};

/** Billed wrongly, taken back, billed again. */
const voided: Tell = (tasks, roll) => {
  const task = theFirst(tasks);
  const wrong = lineOf(task, { cents: task.feeCents * 2n });
  const on = daysLater(task.doneOn, roll.int(1, 4));
  return {
    tasks,
    invoices: [
      billed(task, on, [wrong]),
      billed(
        task,
        daysLater(on, 1),
        [{ ...wrong, cents: -wrong.cents, quantity: -wrong.quantity, task: '' }],
        { voids: 0 },
      ),
      billed(task, daysLater(on, 2), [lineOf(task)]),
    ],
    verdict: EQUAL,
  };
};

const billedAfter =
  (low: number, high: number, verdict: Verdict): Tell =>
  (tasks, roll) => {
    const task = theFirst(tasks);
    return {
      tasks,
      invoices: [billed(task, daysLater(task.doneOn, roll.int(low, high)), [lineOf(task)])],
      verdict,
    };
  };

const notBilled =
  (outcome: 'missing' | 'pending'): Tell =>
  (tasks) => ({ tasks, invoices: [], verdict: { outcome } });

const notDone: Tell = (tasks) => ({
  tasks: tasks.map((task) => ({ ...task, status: 'open' })),
  invoices: [],
  verdict: { outcome: 'ignored' },
});

/** In review, not done: whoever billed it was too quick. */
const billedInReview: Tell = (tasks, roll) => {
  const task: Task = { ...theFirst(tasks), status: 'review' };
  return {
    tasks: [task],
    invoices: [billed(task, soon(task, roll), [lineOf(task)])],
    verdict: { outcome: 'billed_anyway' },
  };
};

const spoilt: Tell = (tasks, roll, n) => {
  const task = theFirst(tasks);
  const spoil = SPOILS[n % SPOILS.length] ?? 'row_short';
  return {
    tasks,
    invoices: [billed(task, soon(task, roll), [lineOf(task)], { file: 'broken', spoil })],
    verdict: { outcome: 'missing' },
  };
};

const besideSpoilt: Tell = (tasks, roll) => {
  const task = theFirst(tasks);
  return {
    tasks,
    invoices: [billed(task, soon(task, roll), [lineOf(task)], { file: 'broken' })],
    verdict: EQUAL,
  };
};

export const CASES = {
  rounded: { share: 5, done: 'settled', tell: rounded },
  price_differs: { share: 4, done: 'settled', tell: otherPrice },
  quantity_differs: { share: 3, done: 'settled', tell: otherQuantity },
  before_done: { share: 2, done: 'settled', tell: beforeDone },
  ref_left_out: { share: 5, done: 'settled', tell: withoutRef },
  several_lines: { share: 3, done: 'settled', tell: severalLines },
  bundle: { share: 3, done: 'settled', tell: bundle, tasks: (n) => 2 + (n % 3) },
  voided: { share: 2, done: 'settled', tell: voided },
  late: { share: 2, done: 'old', tell: billedAfter(20, 30, EQUAL) },
  too_late: { share: 1, done: 'old', tell: billedAfter(61, 68, excepted('too_late')) },
  unbilled: { share: 4, done: 'settled', tell: notBilled('missing') },
  not_yet_due: { share: 3, done: 'recent', tell: notBilled('pending') },
  not_done: { share: 3, done: 'settled', tell: notDone },
  billed_in_review: { share: 2, done: 'settled', tell: billedInReview },
  spoilt: { share: 3, done: 'settled', tell: spoilt },
  beside_spoilt: { share: 2, done: 'settled', tell: besideSpoilt },
} as const satisfies Record<string, Case>;

export const PLAIN: Case = { share: 0, done: 'settled', tell: plain };
