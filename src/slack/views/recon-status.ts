import type { Money } from '../../core/money.ts';
import type { StatusCount } from '../../core/work.ts';
import type { Message } from './blocks.ts';
import { inert } from './escape.ts';
import { type Reader, stakeFor } from './reader.ts';
import { answer, bold, type Line } from './recon-answer.ts';
import { typeTitle } from './type-words.ts';
import { totalWords } from './work-words.ts';

const SHOWN = 60;

/** What is open, in numbers and money: the whole, then by team, type and status. */
export function statusAnswer(counts: readonly StatusCount[], scope: string, reader: Reader): Message {
  const { titles, nothing, status } = reader.words.recon;
  const where = inert(scope, 300);
  if (counts.length === 0) return answer(titles.status, [nothing.open({ scope: where })]);
  const lines: Line[] = [status.total({ total: totalWords(totalOf(counts), reader), scope: where })];
  for (const [team, ofTeam] of grouped(counts)) {
    lines.push(teamLine(team, totalWords(totalOf(ofTeam), reader)));
    lines.push(...ofTeam.map((count) => countLine(count, reader)));
  }
  if (lines.length <= SHOWN) return answer(titles.status, lines);
  return answer(titles.status, [...lines.slice(0, SHOWN), status.more({ count: lines.length - SHOWN })]);
}

function teamLine(team: string, total: string): Line {
  const name = bold(inert(team, 100));
  if (typeof name === 'string') return `${name}: ${total}`;
  return { rich: `${name.rich}: ${total}`, plainly: `${name.plainly}: ${total}` };
}

function countLine({ type, status, count, overdue, atStake }: StatusCount, reader: Reader): string {
  const { words } = reader;
  const late = overdue === 0 ? '' : `, ${words.work.overdue(overdue)}`;
  return `• ${inert(typeTitle(type, reader), 100)}, ${words.status[status].toLowerCase()}: ${count}, ${stakeFor(atStake, reader)}${late}`;
}

function grouped(counts: readonly StatusCount[]): Map<string, StatusCount[]> {
  const teams = new Map<string, StatusCount[]>();
  for (const count of counts) {
    const ofTeam = teams.get(count.team);
    if (ofTeam) ofTeam.push(count);
    else teams.set(count.team, [count]);
  }
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
