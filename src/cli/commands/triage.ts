import type { Command } from 'commander';
import { type MinutesItem, minutesOf } from '../../core/minutes.ts';
import { inWorkspace } from '../../db/tx.ts';
import { postAgenda } from '../../pipeline/triage/post-agenda.ts';
import { type Meeting, readMeeting } from '../../pipeline/triage/read-meeting.ts';
import { type Context, configNow, environmentNow, withConfig, withWorkspace } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { toJson } from '../output.ts';

const HELP = `
What stays open when its policy has no step left goes before the triage meeting (triage in tieout.yaml). Its agenda is posted
to the team's channel before the meeting, and decisions are taken on that message.

Examples:
  tieout triage minutes > triage.md
  tieout triage minutes --day 2026-11-24
  tieout triage post`;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `tieout triage`: the triage meeting's agenda and minutes. */
export function addTriage(program: Command, { output }: Context): void {
  const triage = program
    .command('triage')
    .description('the triage meeting: post its agenda, export its minutes')
    .addHelpText('after', HELP);
  triage
    .command('minutes')
    .description('the minutes of the latest meeting, as Markdown')
    .addHelpText('after', HELP)
    .option('--day <day>', 'of the meeting of that day, as 2026-11-24')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .action(async (options: { day?: string; workspace?: string; json?: boolean }) => {
      const { meeting, zone } = await meetingOf(options);
      const { agenda, items } = meeting;
      if (options.json) output.answer(toJson({ ...agenda, items: items.map(toAnswer) }));
      else output.answer(minutesOf(agenda, items, zone).trimEnd());
    });
  triage
    .command('post')
    .description('post an agenda now, for a meeting that is held now')
    .addHelpText('after', HELP)
    .action(async () => {
      const now = new Date();
      const posted = await withConfig(async ({ database, config, workspaceId }) => {
        const terms = config.organisation.triage;
        if (!terms) throw new Stop(NO_TRIAGE, EXIT.usage);
        return await inWorkspace(database.pool('runs'), workspaceId, (tx) =>
          postAgenda(tx, { workspaceId, terms, meetsAt: now, now }),
        );
      });
      if (!posted) output.answer('Nothing to decide: no open exception has used up the steps of its policy.');
      else output.answer(`An agenda of ${posted.items} is on its way to Slack.`);
    });
}

const NO_TRIAGE =
  'tieout.yaml has no triage meeting. Add triage: { team: <team>, days: [tue], at: "10:00" } to it.';

async function meetingOf({ day, workspace }: { day?: string; workspace?: string }) {
  if (day !== undefined && !DAY.test(day))
    throw new Stop(`"${day}" is no day; write it as 2026-11-24`, EXIT.usage);
  const { organisation } = await configNow(environmentNow());
  const team = organisation.teams.find(({ key }) => key === organisation.triage?.team);
  const zone = team?.zone ?? organisation.zone;
  const meeting = await withWorkspace(workspace === undefined ? {} : { workspace }, (database, workspaceId) =>
    inWorkspace(database.pool('reports'), workspaceId, (tx) => readMeeting(tx, { workspaceId, day, zone }), {
      snapshot: true,
    }),
  );
  if (meeting) return { meeting, zone };
  const when = day === undefined ? 'yet' : `on ${day}`;
  throw new Stop(
    `There was no triage meeting ${when}. One is recorded when its agenda is posted: at its hour, or by tieout triage post.`,
    EXIT.failed,
  );
}

/** As programs read it: absent values as null. */
const toAnswer = ({ item, facts }: MinutesItem | Meeting['items'][number]) => ({
  number: facts.number,
  type: facts.type,
  client: facts.client ?? null,
  order: facts.orderRef ?? null,
  at_stake: facts.atStake,
  owner: facts.owner?.name ?? null,
  proposed: item.proposed,
  decided: item.decided ?? null,
});
