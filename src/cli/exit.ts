import { ConfigError } from '../config/config-error.ts';
import { Fault } from '../core/fault.ts';
import { CONFIGURATION_FAULTS } from '../db/errors.ts';

/** What the exit code says; kept equal to docs/errors.md. */
export const EXIT = { done: 0, failed: 1, usage: 2, notProven: 3, unavailable: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Faults that only the person who started the command can mend: another token, another file. */
const STARTED_WRONG: ReadonlySet<string> = new Set([
  ...CONFIGURATION_FAULTS,
  'slack_refused',
  'slack_team_wrong',
  'slack_team_taken',
  'port_taken',
  'anchor_unreadable',
  'file_missing',
  'never_delivered',
  'file_not_regular',
  'file_unreadable',
  'address_refused',
  'redirect_refused',
  'encryption_key_missing',
]);

/** An answer that ends the command: told in one line, no stack. */
export class Stop extends Error {
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.name = 'Stop';
    this.exitCode = exitCode;
  }
}

/** The exit code of an error and what is printed of it; a bug shows its stack, because somebody has to read it. */
export function describeError(error: unknown): { exitCode: ExitCode; text: string } {
  if (error instanceof Stop) return { exitCode: error.exitCode, text: error.message };
  if (error instanceof ConfigError) return { exitCode: EXIT.usage, text: error.message };
  if (error instanceof Fault) {
    const exitCode = STARTED_WRONG.has(error.code) ? EXIT.usage : EXIT.unavailable;
    return { exitCode, text: error.message };
  }
  if (error instanceof Error) return { exitCode: EXIT.failed, text: error.stack ?? error.message };
  return { exitCode: EXIT.failed, text: String(error) };
}
