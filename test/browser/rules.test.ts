import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { changeOf, proposedChange, type Ruled } from '../support/rule-changes.ts';
import { RULES_CHANNEL, type Story, slackId, startStory } from '../support/slack-story.ts';
import { openWindows, type Person, type Windows, whyNoBrowser } from './people.ts';

describe.skipIf(whyNoBrowser())('three people change a rule', async () => {
  const database = await testDatabase();
  let story: Story;
  let windows: Windows;
  let changeId: string;

  beforeAll(async () => {
    story = await startStory(database.url, { withRules: true });
    windows = await openWindows(story.slack);
    changeId = await proposedChange(story.sql, story.workspace as Ruled, { now: new Date() });
    await story.idle();
  });
  afterAll(async () => {
    await windows?.end();
    await story?.stop();
  });

  const open = (who: string): Promise<Person> =>
    windows.open(slackId(who), { at: `&channel=${RULES_CHANNEL}` });

  async function approve(person: Person): Promise<void> {
    await person.message('Change of a rule').getByRole('button', { name: 'Approve', exact: true }).click();
    await person.modal.getByRole('button', { name: 'Approve', exact: true }).click();
    await person.modal.waitFor({ state: 'detached' });
    await story.idle();
  }

  test('each sees what changes, in the message and in the form, and the third makes it the rule', async () => {
    const dana = await open('dana');
    await dana.message('Change of a rule').getByText('still open').first().waitFor();
    await dana.shot('rules-1-asked');
    await dana.message('Change of a rule').getByRole('button', { name: 'Approve', exact: true }).click();
    await dana.modal.getByText('In the file').waitFor();
    await dana.shot('rules-2-form');
    await dana.modal.getByRole('button', { name: 'Approve', exact: true }).click();
    await dana.modal.waitFor({ state: 'detached' });
    await story.idle();
    await dana.message('Change of a rule').getByText('Data owner: Dana Data').waitFor();

    for (const who of ['olga', 'gita']) await approve(await open(who));

    await dana.message('Rule changed').getByText('All three approved').first().waitFor();
    await dana.shot('rules-3-activated');
    expect(await changeOf(story.sql, story.workspace as Ruled, changeId)).toMatchObject({
      state: 'activated',
    });
  });
});
