import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { type Story, slackId, startStory } from '../support/slack-story.ts';
import { openWindows, type Person, type Windows, whyNoBrowser } from './people.ts';

const ORDER = 'PO-PONG';

describe.skipIf(whyNoBrowser())('an exception goes from hand to hand', async () => {
  const database = await testDatabase();
  let story: Story;
  let windows: Windows;

  beforeAll(async () => {
    story = await startStory(database.url);
    windows = await openWindows(story.slack);
  });

  afterEach(() => windows?.closeAll());

  afterAll(async () => {
    await windows?.end();
    await story?.stop();
  });

  const press = (person: Person, button: string) =>
    person.message(ORDER).getByRole('button', { name: button, exact: true }).click();

  /** One offers it on the card, the other accepts in the direct message. */
  async function handOn(from: string, to: { key: string; name: string }, note: string): Promise<void> {
    const giver = await windows.open(slackId(from));
    await press(giver, 'Hand over');
    await giver.modal.getByRole('combobox').first().selectOption({ label: to.name });
    await giver.modal.getByRole('textbox').first().fill(note);
    await giver.modal.getByRole('button', { name: /Hand over|Offer/ }).click();
    await giver.message(ORDER).getByText(note).first().waitFor();
    const taker = await windows.open(slackId(to.key));
    await taker.page.getByRole('button', { name: /^App.*unread/ }).click();
    await taker.message(note).getByText('Previous attempts').waitFor();
    await taker.shot(`hand-on-${to.key}-offer`);
    await taker.message(note).getByRole('button', { name: 'Accept' }).click();
    await giver.message(ORDER).getByText(`Claimed by ${to.name}`).first().waitFor();
    await windows.closeAll();
  }

  test('each sees what was tried before, and the third time the ops lead hears of it', {
    timeout: 120_000,
  }, async () => {
    const [id = ''] = await story.open(ORDER);
    await story.idle();
    const ana = await windows.open(slackId('ana'));
    await press(ana, 'Claim');
    await ana.message(ORDER).getByText('Claimed by Ana Ruiz').first().waitFor();
    await windows.closeAll();
    const [ANA, BEN] = [
      { key: 'ana', name: 'Ana Ruiz' },
      { key: 'ben', name: 'Ben Okafor' },
    ];
    await handOn('ana', BEN, 'The vendor does not answer me');
    await handOn('ben', ANA, 'They say it is yours');
    expect((await story.factsOf(id)).level).toBe(0);
    await handOn('ana', BEN, 'I asked again and got nothing');

    const olga = await windows.open(slackId('olga'));
    await olga.page.getByRole('button', { name: /^App.*unread/ }).click();
    await olga.message('goes from hand to hand').getByText('The vendor does not answer me').waitFor();
    await olga.shot('hand-on-ops-lead');
    await olga.message('goes from hand to hand').getByRole('button', { name: 'Details' }).click();
    await olga.modal.getByText('Previous attempts').scrollIntoViewIfNeeded();
    await olga.shot('hand-on-details');
    expect((await story.factsOf(id)).level).toBe(1);
    await windows.closeAll();

    const reader = await windows.open(slackId('ben'));
    await reader.message(ORDER).getByText('Previous attempts').waitFor();
    await reader.shot('hand-on-card');
  });
});
