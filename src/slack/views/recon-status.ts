import { formatMoney, type Money } from '../../core/money.ts';
import { typeTitle } from '../../core/words.ts';
import type { StatusCount } from '../../core/work.ts';
import type { Message } from './blocks.ts';
import { inert } from './escape.ts';
import { answer, type Line } from './recon-answer.ts';
import { STATUS_WORDS } from './words.ts';
import { totalWords } from './work-words.ts';

const SHOWN = 60;

/** What is open, in numbers and money: the whole, then by team, type and status. */
export function statusAnswer(counts: readonly StatusCount[], scope: string): Message {
  if (counts.length === 0) {
    return answer('Status', [
      `Nothing is open in ${inert(scope, 300)}. /recon run shows when it was last checked.`,
    ]);
  }
  const lines: Line[] = [`${totalWords(totalOf(counts))}, in ${inert(scope, 300)}`];
  for (const [team, ofTeam] of grouped(counts)) {
    lines.push(`*${inert(team, 100)}*: ${totalWords(totalOf(ofTeam))}`, ...ofTeam.map(countLine));
  }
  if (lines.length <= SHOWN) return answer('Status', lines);
  const hidden = lines.length - SHOWN;
  return answer('Status', [
    ...lines.slice(0, SHOWN),
    `${hidden} more lines: narrow it with /recon list team:… type:…`,
  ]);
}

const countLine = ({ type, status, count, overdue, atStake }: StatusCount): string =>
  `• ${inert(typeTitle(type), 100)}, ${STATUS_WORDS[status].toLowerCase()}: ${count}, ${formatMoney(atStake)}${overdue === 0 ? '' : `, ${overdue} overdue`}`;

function grouped(counts: readonly StatusCount[]): Map<string, StatusCount[]> {
  const teams = new Map<string, StatusCount[]>();
  for (const count of counts) teams.set(count.team, [...(teams.get(count.team) ?? []), count]);
  return teams;
}

function totalOf(counts: readonly StatusCount[]): { total: number; overdue: number; money: Money[] } {
  const money = new Map<string, bigint>();
  for (const { atStake } of counts)
    money.set(atStake.currency, (money.get(atStake.currency) ?? 0n) + atStake.minor);
  return {
    total: counts.reduce((sum, { count }) => sum + count, 0),
    overdue: counts.reduce((sum, { overdue }) => sum + overdue, 0),
    money: [...money].map(([currency, minor]) => ({ minor, currency })),
  };
}
