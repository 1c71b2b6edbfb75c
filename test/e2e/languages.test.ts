import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatMoney } from '../../src/core/money.ts';
import { de } from '../../src/slack/words/de.ts';
import { es } from '../../src/slack/words/es.ts';
import { fr } from '../../src/slack/words/fr.ts';
import { testDatabase } from '../support/database.ts';
import { CHANNEL, STORY_ORGANISATION, type Story, slackId, startStory } from '../support/slack-story.ts';

const database = await testDatabase();
let story: Story;

const CLIENT = 'Acme & Söhne <!channel>';
const HUNDRED = { minor: 10_000n, currency: 'USD' };

beforeAll(async () => {
  story = await startStory(database.url, {
    organisation: {
      zone: 'Europe/Berlin',
      teams: STORY_ORGANISATION.teams.map((team) =>
        team.key === 'media_ops' ? { ...team, locale: 'de' as const } : team,
      ),
      people: STORY_ORGANISATION.people.map((person) =>
        person.key === 'olga' ? { ...person, locale: 'es' as const } : person,
      ),
      clients: [{ name: CLIENT, accountManager: undefined, locale: 'fr-CH' }],
    },
  });
});

afterAll(async () => {
  await story?.stop();
});

function cardOf(exceptionId: string) {
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === exceptionId);
  if (!card) throw new Error(`no card of ${exceptionId}`);
  return card;
}

async function posted(order: string): Promise<string> {
  const [id] = await story.open(order);
  await story.idle();
  if (id === undefined) throw new Error(`no exception of ${order}`);
  return id;
}

const press = (who: string, actionId: string, exceptionId: string) =>
  story.slack.press({ as: slackId(who), channel: CHANNEL, ts: cardOf(exceptionId).ts, actionId });

const told = (who: string, part: string) =>
  story.slack.waitFor(() => story.slack.ephemerals(slackId(who)).some(({ text }) => text.includes(part)), {
    what: `${who} being told "${part}"`,
  });

const lastReply = (exceptionId: string): string | undefined =>
  story.slack.messages(CHANNEL).findLast((message) => message.threadTs === cardOf(exceptionId).ts)?.text;

const viewOf = (who: string): string => JSON.stringify(story.slack.openViewOf(slackId(who)));

test('a card and its thread speak the team’s language, in its time, and write amounts as the client does', async () => {
  const id = await posted('PO-DE');
  const { text } = cardOf(id);
  expect(text).toContain(de.types.amount_differs.title);
  expect(text).toContain(de.card.unclaimed(de.status.open));
  expect(text).toContain(formatMoney(HUNDRED, 'fr-CH'));
  expect(text).toContain('Europe/Berlin');

  await press('ana', 'claim', id);
  await story.idle();
  expect(lastReply(id)).toContain('Ana Ruiz hat ihn übernommen');
});

test('somebody whose Slack speaks French is answered in French, in words and in forms', async () => {
  story.slack.admin.changeUser(slackId('ben'), { locale: 'fr-CA' });
  const id = await posted('PO-FR');
  await press('ana', 'claim', id);
  await press('ben', 'claim', id);
  await told('ben', 'Ana Ruiz l’a déjà pris en charge');

  await press('ben', 'escalate', id);
  expect(viewOf('ben')).toContain(fr.modal.escalate.target);
  expect(viewOf('ben')).toContain(formatMoney(HUNDRED, 'fr-CH'));
  await press('ben', 'details', id);
  expect(viewOf('ben')).toContain(fr.details.sides.expected);
});

test('the language of the configuration goes before Slack’s, in a direct message too', async () => {
  story.slack.admin.changeUser(slackId('olga'), { locale: 'de-DE' });
  const id = await posted('PO-ES');
  await press('ana', 'escalate', id);
  await story.slack.as(slackId('ana')).submit({ values: { target: 'person:olga', reason: 'Stuck' } });
  await story.idle();

  const message = story.slack.messages('D_OLGA').at(-1);
  expect(message?.text).toContain('se escaló a Olga Novak');
  expect(message?.text).toContain(`${es.notice.escalatedBy}: Ana Ruiz`);
});

test('a person who is linked at the first press is spoken to as their Slack is from then on', async () => {
  story.slack.admin.changeUser(slackId('lena'), { locale: 'es-MX' });
  const id = await posted('PO-LENA');
  await press('ana', 'claim', id);
  await press('lena', 'claim', id);
  await told('lena', 'Ana Ruiz ya la asumió');
});

test('a Home speaks the language that Slack says its owner has set', async () => {
  story.slack.admin.changeUser(slackId('ben'), { locale: 'es-ES' });
  await story.slack.as(slackId('ben')).openHome();
  await story.slack.waitFor(
    () => JSON.stringify(story.slack.homeOf(slackId('ben'))?.blocks ?? []).includes(es.home.unclaimed),
    { what: 'a Home in Spanish' },
  );
});
