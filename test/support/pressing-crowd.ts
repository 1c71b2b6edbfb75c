import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../../src/db/client.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { elementsIn } from '../../src/local-slack/blocks/blocks.ts';
import type { Result } from '../../src/local-slack/person.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import type { Message } from '../../src/local-slack/types.ts';
import { CHANNEL } from './slack-story.ts';

/** As many members of the first team as the Slack workspace was seeded with; returns their Slack ids. */
export async function addCrowd(sql: Sql, workspaceId: string, size: number): Promise<string[]> {
  const rows = await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx<{ slack_user_id: string }[]>`
      with people as (
        insert into person (workspace_id, person_id, key, name, email, slack_user_id)
        select ${workspaceId}, gen_random_uuid(), 'crowd' || n, 'Crowd ' || n, 'crowd' || n || '@agency.example', 'U_CROWD' || n
        from generate_series(0, ${size - 1}::integer) as n
        returning person_id, slack_user_id
      ), members as (
        insert into team_member (workspace_id, team_id, person_id)
        select ${workspaceId}, t.team_id, p.person_id
        from people p, team t
        where t.workspace_id = ${workspaceId} and t.key = 'media_ops'
      )
      select slack_user_id from people`,
  );
  return rows.map((row) => row.slack_user_id);
}

export type PressingCrowd = {
  /** Every answer so far, as the pressing person's Slack saw it. */
  readonly answers: readonly Result[];
  /** Nobody presses any more, and every press got its answer. */
  readonly stop: () => Promise<void>;
};

const GROUP = { people: 3, cards: 4 } as const;
const PAUSE_MS = 60;

/**
 * People who claim and give back cards without end: three to every four cards, each pressing what the card offers.
 * Whoever was too late, or presses "Unclaim" on somebody else's, is refused: an answer like any other.
 */
export function startPressing(slack: LocalSlack, people: readonly string[]): PressingCrowd {
  const answers: Result[] = [];
  let isStopping = false;
  const pressOn = async (as: string, index: number): Promise<void> => {
    for (let turn = 0; !isStopping; turn += 1) {
      const first = Math.floor(index / GROUP.people) * GROUP.cards;
      // Twice each, to give back what was claimed; people drift apart and meet at the same card.
      const next = (index + Math.floor(turn / 2)) % GROUP.cards;
      const cards = slack.messages(CHANNEL).filter((message) => message.threadTs === undefined);
      const card = cards[(first + next) % cards.length];
      if (card) {
        answers.push(await slack.press({ as, channel: CHANNEL, ts: card.ts, actionId: offeredBy(card) }));
      }
      await sleep(PAUSE_MS);
    }
  };
  const everybody = people.map(pressOn);
  return {
    answers,
    stop: async () => {
      isStopping = true;
      await Promise.all(everybody);
    },
  };
}

function offeredBy(card: Message): 'claim' | 'unclaim' {
  const elements = (card.blocks ?? []).flatMap((block) => elementsIn(block));
  return elements.some(({ element }) => element.action_id === 'claim') ? 'claim' : 'unclaim';
}
