import { afterAll, beforeAll, describe, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { openFlood } from '../support/flood.ts';
import { type Story, slackId, startStory } from '../support/slack-story.ts';
import { openWindows, type Person, type Windows, whyNoBrowser } from './people.ts';

/** Three pages of the list, so that one must turn them. */
const COUNT = 70;

describe.skipIf(whyNoBrowser())('people settle a flood of exceptions together', async () => {
  const database = await testDatabase();
  let story: Story;
  let windows: Windows;
  let ana: Person;

  beforeAll(async () => {
    story = await startStory(database.url);
    windows = await openWindows(story.slack);
    await openFlood(story.sql, story.workspace, COUNT);
    await story.idle();
    ana = await windows.open(slackId('ana'));
  });

  afterAll(async () => {
    await windows?.end();
    await story?.stop();
  });

  const group = () => ana.message(`${COUNT} ×`);
  const press = (button: string) => group().getByRole('button', { name: button, exact: true }).click();
  const inForm = (button: string) => ana.modal.getByRole('button', { name: button, exact: true }).click();

  test('the flood is one message that says how many and how much', async () => {
    await group().getByText(`${COUNT} exceptions to settle`).waitFor();
    await group().getByText('Open: 70').waitFor();
    await ana.shot('bulk-1-group');
  });

  test('all of them are claimed by one form, after a question that says how many', async () => {
    await press('Claim…');
    await ana.modal.getByRole('radio', { name: `All ${COUNT}` }).check();
    await ana.shot('bulk-2-choose');
    await inForm('Continue');
    await ana.modal.getByText(`You become the owner of ${COUNT} exceptions`).waitFor();
    await ana.shot('bulk-3-confirm');
    await inForm('Claim');
    await ana.modal.getByText(`You claimed ${COUNT} exceptions`).waitFor();
    await ana.shot('bulk-4-result');
    await ana.page.keyboard.press('Escape');
    await group().getByText(`Claimed: ${COUNT}`).waitFor();
  });

  test('some are ticked and resolved, with what is missing said at its field', async () => {
    await press('Resolve…');
    await ana.modal.getByRole('radio', { name: 'Only those ticked below' }).check();
    for (const box of [0, 1]) await ana.modal.getByRole('checkbox').nth(box).check();
    await inForm('Continue');
    await ana.modal.getByRole('combobox').first().selectOption({ label: 'Written off' });
    await inForm('Resolve');
    await ana.modal.getByText('needs a note').waitFor();
    await ana.shot('bulk-5-error');
    await ana.modal.getByRole('textbox', { name: 'Note' }).fill('Agreed with Acme');
    await inForm('Resolve');
    await ana.modal.getByText('You resolved 2 exceptions').waitFor();
    await ana.page.keyboard.press('Escape');
    await group().getByText('Resolved: 2').waitFor();
    await ana.shot('bulk-6-tally');
  });
});
