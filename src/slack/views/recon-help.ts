import type { ReconVerb } from '../../core/recon-command.ts';
import type { ReconRefusal } from '../../core/recon-filter.ts';
import type { Message } from './blocks.ts';
import type { Reader } from './reader.ts';
import { answer, type Line } from './recon-answer.ts';

/** How each command is typed: the same in every language. */
const USAGE = {
  status: '/recon status',
  mine: '/recon mine',
  list: '/recon list status:open team:finance owner:ana type:missing_invoice client:acme order:PO-10 amount:1000..5000 overdue',
  show: '/recon show EX-1042',
  order: '/recon order PO-1042',
  'who-owns': '/recon who-owns PO-1042',
  holds: '/recon holds Kestrel',
  adjustments: '/recon adjustments waiting kind:write_off client:acme period:2026-10 by:ana amount:500..',
  sla: '/recon sla',
  report: '/recon report finance',
  rules: '/recon rules ad-buy-vs-billing',
  run: '/recon run',
  audit: '/recon audit',
  quarantine: '/recon quarantine invoice_lines',
  doctor: '/recon doctor',
} as const satisfies Record<Exclude<ReconVerb, 'help'>, string>;

const VERBS = Object.keys(USAGE) as (keyof typeof USAGE)[];

/** Every verb with what it shows. */
export function helpAnswer({ words }: Reader): Message {
  const { help, helpTitle, helpNotes } = words.recon;
  const lines: Line[] = VERBS.map((verb) => `${USAGE[verb]}: ${help[verb]}`);
  return answer(helpTitle, [...lines, helpNotes.amounts, helpNotes.sight]);
}

/** Why a command was not understood, ending in what to type instead. Holds what was typed: not escaped yet. */
export function refusedCommand(refusal: ReconRefusal, { words }: Reader): string {
  // Each refusal has the facts that its sentence takes.
  const sentence = words.recon.refusals[refusal.code] as (to: ReconRefusal) => string;
  return sentence(refusal);
}
