import type { Command } from 'commander';
import { typeTitle } from '../../core/words.ts';
import { type OrderOwners, type OwnerNow, whoOwns } from '../../pipeline/report/who-owns.ts';
import { type Context, withWorkspaces } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { inert, table, toJson } from '../output.ts';

const HELP = `
Says who has to act about an order now: the person who claimed each of its exceptions, or the team that nobody has claimed
it for, and the row of the ownership matrix that decided. Nobody, when nothing about it is open.

Examples:
  tieout who-owns NM-1007
  tieout who-owns NM-1007 --json`;

/** `tieout who-owns <ref>`: whose an order is now, and why. */
export function addWhoOwns(program: Command, { output }: Context): void {
  program
    .command('who-owns')
    .description('whose an order is now, and why')
    .argument('<ref>', 'the order reference')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (orderRef: string, options: { workspace?: string; json?: boolean }) => {
      const all = await withWorkspaces(options, (database, workspaces) =>
        Promise.all(
          workspaces.map(({ workspaceId }) => whoOwns(database.pool('reports'), { workspaceId, orderRef })),
        ),
      );
      const found = theKnownOne(all, orderRef);
      output.answer(options.json ? toJson(found) : inWords(found));
    });
}

function theKnownOne(all: readonly OrderOwners[], orderRef: string): OrderOwners {
  const [known, ...others] = all.filter(({ isKnown }) => isKnown);
  if (known && others.length === 0) return known;
  if (known) {
    throw new Stop(`Several workspaces know order "${orderRef}": choose one with --workspace.`, EXIT.usage);
  }
  const like = all.flatMap(({ didYouMean }) => didYouMean);
  const meant = like.length === 0 ? '' : ` Did you mean ${like.join(', ')}?`;
  throw new Stop(`No record and no exception carries order "${orderRef}".${meant}`, EXIT.failed);
}

function inWords({ orderRef, owners, settled }: OrderOwners): string {
  if (owners.length === 0) {
    const before =
      settled === 0 ? '' : ` ${settled} of its exceptions ${settled === 1 ? 'is' : 'are'} settled.`;
    return `Nobody needs to: nothing about order ${inert(orderRef)} is open.${before}`;
  }
  return table(
    ['exception', 'what', 'owner', 'team', 'due', 'because of'],
    owners.map((one) => [
      one.exception,
      typeTitle(one.type),
      inert(ownerWords(one)),
      inert(one.team.name),
      `${one.dueAt.toISOString().slice(0, 16)}Z`,
      one.routedBy ? inert(`${one.routedBy.source} (${one.routedBy.when ?? 'everything else'})`) : '',
    ]),
  );
}

function ownerWords({ owner, lead, offeredTo }: OwnerNow): string {
  const offered = offeredTo === null ? '' : `, offered to ${offeredTo}`;
  if (owner) return `${owner.name}${offered}`;
  if (!lead) return 'nobody yet';
  return `nobody yet; its lead is ${lead.name}${lead.standIn === null ? '' : ` (${lead.standIn} stands in)`}`;
}
