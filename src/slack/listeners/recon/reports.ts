import { workdayBefore } from '../../../core/daily-slot.ts';
import { nearestWord } from '../../../core/nearest-word.ts';
import { seesEverything } from '../../../core/work.ts';
import { readRuleChanges } from '../../../db/rules/change-facts.sql.ts';
import { readDigest } from '../../../pipeline/report/digest.ts';
import { specVersions } from '../../../pipeline/report/spec-versions.sql.ts';
import type { Message } from '../../views/blocks.ts';
import { renderClassicDigest, renderDigest } from '../../views/digest.ts';
import { typedWords } from '../../views/recon-answer.ts';
import { rulesAnswer, unknownRules } from '../../views/recon-rules.ts';
import type { Answer, Asking, CommandOf } from './asking.ts';

/** The digest as of now of all that the person sees, or of one team as far as they see it. */
export async function report({ team }: CommandOf<'report'>, asking: Asking): Promise<Answer> {
  const { tx, workspaceId, viewer, reader, now, organisation, reconciliations } = asking;
  const key = team === undefined ? undefined : teamKey(team, asking);
  if (team !== undefined && key === undefined) return { message: noTeam(team, asking) };
  const facts = await readDigest(tx, {
    workspaceId,
    scope: { kind: 'viewer', viewer, team: key },
    period: { from: workdayBefore(now, organisation.calendar), until: now },
    now,
    organisation,
    specs: reconciliations,
  });
  return { message: renderDigest(facts, reader), plainer: renderClassicDigest(facts, reader) };
}

/** Teams of which somebody can be told anything: all, or those they are a member of. */
const visibleTeams = ({ organisation, viewer }: Asking) =>
  organisation.teams.filter(({ name }) => seesEverything(viewer) || viewer.teams.includes(name));

function teamKey(typed: string, asking: Asking): string | undefined {
  const word = typed.toLowerCase();
  return visibleTeams(asking).find(
    ({ key, name }) => key.toLowerCase() === word || name.toLowerCase() === word,
  )?.key;
}

function noTeam(typed: string, asking: Asking): Message {
  const keys = visibleTeams(asking).map(({ key }) => key);
  const { nothing } = asking.reader.words.recon;
  return typedWords(nothing.team({ typed, near: nearestWord(typed, keys), known: keys.join(', ') }));
}

/** How the reconciliations, or one of them, compare, judge and route. */
export async function rules({ reconciliation }: CommandOf<'rules'>, asking: Asking): Promise<Message> {
  const { tx, workspaceId, reader, organisation, reconciliations } = asking;
  const keys = reconciliations.map(({ key }) => key);
  const wanted = reconciliation?.toLowerCase();
  const specs = reconciliations.filter(({ key }) => wanted === undefined || key.toLowerCase() === wanted);
  if (reconciliation !== undefined && specs.length === 0) {
    return unknownRules(
      { typed: reconciliation, near: nearestWord(reconciliation, keys), known: keys },
      reader,
    );
  }
  const versions = await specVersions(
    tx,
    workspaceId,
    specs.map(({ sha256 }) => sha256),
  );
  const pending = await readRuleChanges(tx, { workspaceId, isPending: true });
  const books = specs.map((spec) => {
    const found = versions.find((one) => one.reconciliation === spec.key && one.sha256 === spec.sha256);
    const change = pending.find((one) => one.reconciliation === spec.key);
    return {
      spec,
      version: found && { number: found.version, recordedAt: found.recordedAt },
      pending: change,
    };
  });
  return rulesAnswer(books, organisation, reader);
}
