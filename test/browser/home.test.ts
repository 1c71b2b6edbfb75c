import { afterAll, beforeAll, describe, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { type Story, slackId, startStory } from '../support/slack-story.ts';
import { openWindows, type Person, type Windows, whyNoBrowser } from './people.ts';

/** What the product promises for a change elsewhere. */
const LIVE_MS = 5_000;

describe.skipIf(whyNoBrowser())('people see their work in the Home of the app', async () => {
  const database = await testDatabase();
  let story: Story;
  let windows: Windows;
  let ana: Person;

  beforeAll(async () => {
    story = await startStory(database.url);
    windows = await openWindows(story.slack);
    await story.open('PO-H1', 'PO-H2', 'PO-H3');
    await story.idle();
    ana = await windows.open(slackId('ana'), { dark: true });
  });

  afterAll(async () => {
    await windows?.end();
    await story?.stop();
  });

  const home = () => ana.page.getByRole('region', { name: 'App Home' });

  test('it opens with what is theirs and what nobody has claimed', async () => {
    await ana.page.getByRole('navigation').getByRole('button', { name: 'App', exact: true }).click();
    await home().getByText('You own nothing').waitFor();
    await home().getByText('3 exceptions, $300.00 at stake').waitFor();
    await ana.shot('home-1-open-dark');
  });

  test('a press of Claim there moves it to their work', async () => {
    await home().getByRole('button', { name: 'Claim', exact: true }).first().click();
    await home().getByText('1 exception, $100.00 at stake').waitFor();
    await home().getByRole('button', { name: 'Resolve', exact: true }).waitFor();
  });

  test('it follows within five seconds what somebody else does in a channel', async () => {
    const ben = await windows.open(slackId('ben'));
    await ben.message('PO-H3').getByRole('button', { name: 'Claim', exact: true }).click();
    await ben.message('PO-H3').getByText('Claimed by Ben Okafor').waitFor();
    // One is Ana's and one is Ben's; of three, one is left, with the same sum as Ana's own.
    await home().getByText('1 exception, $100.00 at stake').nth(1).waitFor({ timeout: LIVE_MS });
    await ana.shot('home-2-followed-dark');
  });
});
