import type { Organisation } from '../../../core/organisation.ts';
import type { ReconCommand, ReconVerb } from '../../../core/recon-command.ts';
import { seesEverything, type Viewer } from '../../../core/work.ts';
import type { Tx } from '../../../db/tx.ts';
import type { Message } from '../../views/blocks.ts';
import type { Reader } from '../../views/reader.ts';
import type { ConfiguredReconciliation } from '../context.ts';

/** Who asks, in which snapshot; `text` is the command as typed, `page` counts from 0. */
export type Asking = {
  readonly tx: Tx;
  readonly workspaceId: string;
  readonly viewer: Viewer;
  readonly reader: Reader;
  readonly now: Date;
  readonly text: string;
  readonly page: number;
  readonly organisation: Organisation;
  readonly reconciliations: readonly ConfiguredReconciliation[];
};

/** What is shown; `plainer` for when Slack takes no charts and tables. */
export type Answer = { readonly message: Message; readonly plainer?: Message };

/** `verb` may be one of several that take the same. */
export type CommandOf<Verb extends ReconVerb> = WithVerb<ReconCommand, Verb>;
type WithVerb<Command, Verb> = Command extends { verb: infer Known }
  ? Verb extends Known
    ? Command
    : never
  : never;

/** What somebody sees, in words; not escaped. */
export function scopeWords({ viewer, reader }: Pick<Asking, 'viewer' | 'reader'>): string {
  const { scopes } = reader.words.recon;
  if (seesEverything(viewer)) return scopes.all;
  return viewer.teams.length === 0 ? scopes.own : scopes.teams({ teams: viewer.teams.join(', ') });
}
