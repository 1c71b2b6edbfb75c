import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { type Story, slackId, startStory } from '../support/slack-story.ts';
import { openWindows, type Person, type Windows, whyNoBrowser } from './people.ts';

const PLAYBOOK = new URL('../../playbooks/en/amount_differs.md', import.meta.url);
const PLAYBOOKS = {
  amount_differs: { kind: 'text', texts: { en: readFileSync(PLAYBOOK, 'utf8') } },
} as const;

describe.skipIf(whyNoBrowser())('people act on exceptions in their windows', async () => {
  const database = await testDatabase();
  let story: Story;
  let windows: Windows;

  beforeAll(async () => {
    story = await startStory(database.url, { organisation: { playbooks: PLAYBOOKS } });
    windows = await openWindows(story.slack);
  });

  afterEach(async () => {
    await windows?.closeAll();
    // What a failed test left open would stand in the way of the next one.
    for (const who of ['ana', 'ben'].map(slackId)) {
      if (story.slack.openViewOf(who)) await story.slack.as(who).close({ all: true });
    }
  });

  afterAll(async () => {
    await windows?.end();
    await story?.stop();
  });

  const posted = async (order: string): Promise<string> => {
    const [id = ''] = await story.open(order);
    await story.idle();
    return id;
  };
  const open = (who: string, options = {}) => windows.open(slackId(who), options);
  const press = (person: Person, order: string, button: string) =>
    person.message(order).getByRole('button', { name: button, exact: true }).click();
  const says = (person: Person, order: string, words: string) =>
    person.message(order).getByText(words).first().waitFor();
  const claimed = async (order: string): Promise<Person> => {
    await posted(order);
    const ana = await open('ana');
    await press(ana, order, 'Claim');
    await says(ana, order, 'Claimed by');
    return ana;
  };

  test('a press of Claim makes somebody the owner, and everybody sees it', async () => {
    await posted('PO-CLAIM');
    const [ana, ben] = [await open('ana'), await open('ben')];
    await says(ben, 'PO-CLAIM', 'nobody has claimed it yet');
    await ana.shot('claim-1-open');
    await press(ana, 'PO-CLAIM', 'Claim');
    await says(ana, 'PO-CLAIM', 'Claimed by Ana Ruiz');
    await says(ben, 'PO-CLAIM', 'Claimed by Ana Ruiz');
    await ana.shot('claim-2-claimed');
  });

  test('of two who press Claim at once, one owns it and the other is told who does', async () => {
    const id = await posted('PO-RACE');
    const [ana, ben] = [await open('ana'), await open('ben')];
    // Long enough for both to press while both still see the button.
    const slow = story.slack.faults.add({ kind: 'latency', method: 'chat.update', ms: 500 });
    await Promise.all([press(ana, 'PO-RACE', 'Claim'), press(ben, 'PO-RACE', 'Claim')]);
    // A press is sent when it was clicked; whose it was is known once it is on the record.
    await expect.poll(async () => (await story.factsOf(id)).owner, { timeout: 8_000 }).toBeDefined();
    const { owner } = await story.factsOf(id);
    const [loser, winner] = owner?.name === 'Ana Ruiz' ? [ben, 'Ana Ruiz'] : [ana, 'Ben Okafor'];
    await loser.page.getByText('Only visible to you').waitFor();
    await loser.page.getByText(`${winner} claimed`).last().waitFor();
    story.slack.faults.remove(slow);
    await says(loser, 'PO-RACE', `Claimed by ${winner}`);
    await loser.shot('race-loser');
    expect(await story.auditOf(id, 'exception.claim')).toBe(1);
  });

  test('whoever has scrolled up is shown the way to what only they are told', async () => {
    await posted('PO-ABOVE');
    const ana = await open('ana');
    await press(ana, 'PO-ABOVE', 'Claim');
    await says(ana, 'PO-ABOVE', 'Claimed by Ana Ruiz');
    for (const order of ['PO-BELOW-1', 'PO-BELOW-2']) await posted(order);
    const ben = await open('ben');
    await press(ben, 'PO-ABOVE', 'Resolve');
    const toldBelow = ben.page.getByText('Only visible to you, at the end of this conversation.');
    await ben.page.getByRole('button', { name: 'Show it' }).waitFor();
    expect(await toldBelow.isVisible()).toBe(true);
    await ben.shot('answer-below-1-told');
    await ben.page.getByRole('button', { name: 'Show it' }).click();
    await ben.message('Ana Ruiz already claimed').getByText('Only visible to you').waitFor();
    await ben.shot('answer-below-2-shown');
  });

  test('the playbook of a type opens from its card, and stands among the details', async () => {
    await posted('PO-PLAYBOOK');
    const ana = await open('ana');
    await press(ana, 'PO-PLAYBOOK', 'Playbook');
    await ana.modal.getByText('What is usually behind it').waitFor();
    await ana.shot('playbook-1-modal');
    await ana.modal.getByRole('button', { name: 'Close', exact: true }).first().click();
    await press(ana, 'PO-PLAYBOOK', 'Details');
    const heading = ana.modal.getByText('What is usually behind it');
    await heading.scrollIntoViewIfNeeded();
    await ana.shot('playbook-2-details');
  });

  test('a form says at its field what is wrong, and takes what is right', async () => {
    const ana = await claimed('PO-RESOLVE');
    await press(ana, 'PO-RESOLVE', 'Resolve');
    const { modal } = ana;
    await modal.getByRole('button', { name: 'Resolve' }).click();
    await modal.getByText('Please complete this required field.').waitFor();
    await modal.getByRole('combobox').first().selectOption({ label: 'Written off' });
    await modal.getByRole('textbox', { name: 'Note' }).fill('   ');
    await modal.getByRole('button', { name: 'Resolve' }).click();
    const note = modal.getByRole('textbox', { name: 'Note' });
    await expect.poll(() => note.getAttribute('aria-invalid')).toBe('true');
    await ana.shot('resolve-1-error');
    await note.fill('Agreed with the vendor');
    await modal.getByRole('button', { name: 'Resolve' }).click();
    await modal.waitFor({ state: 'hidden' });
    await says(ana, 'PO-RESOLVE', 'Resolved');
    await ana.shot('resolve-2-done');
  });

  test('escalating tells whom one chose, and the card shows the level', async () => {
    const ana = await claimed('PO-ESCALATE');
    await press(ana, 'PO-ESCALATE', 'Escalate');
    await ana.modal.getByRole('combobox').first().selectOption({ label: 'Finance' });
    await ana.modal.getByRole('textbox').first().fill('The vendor does not answer');
    await ana.shot('escalate-1-form');
    await ana.modal.getByRole('button', { name: 'Escalate' }).click();
    await ana.modal.waitFor({ state: 'hidden' });
    await says(ana, 'PO-ESCALATE', 'The vendor does not answer');
    await ana.shot('escalate-2-done');
  });

  test('what is handed over is somebody else’s once they accept', async () => {
    const ana = await claimed('PO-HAND');
    await press(ana, 'PO-HAND', 'Hand over');
    await ana.modal.getByRole('combobox').first().selectOption({ label: 'Ben Okafor' });
    await ana.modal.getByRole('textbox').first().fill('I am on leave');
    await ana.shot('hand-over-1-form');
    await ana.modal.getByRole('button', { name: /Hand over|Offer/ }).click();
    await says(ana, 'PO-HAND', 'Ben Okafor');

    const ben = await open('ben');
    await ben.page.getByRole('button', { name: /^App.*unread/ }).click();
    await ben.message('PO-HAND').getByRole('button', { name: 'Accept' }).click();
    await says(ana, 'PO-HAND', 'Claimed by Ben Okafor');
    await ben.shot('hand-over-2-accepted');
  });

  test('a reply in the thread that mentions the app is kept as a note on the exception', async () => {
    const ana = await claimed('PO-NOTE');
    await ana.message('PO-NOTE').hover();
    await ana.message('PO-NOTE').getByRole('button', { name: 'Reply in thread' }).click();
    const thread = ana.page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('textbox').pressSequentially('@app');
    await thread.getByRole('option', { name: '@app' }).waitFor();
    await ana.page.keyboard.press('Tab');
    await thread.getByRole('textbox').pressSequentially('The vendor credits it in May');
    await ana.page.keyboard.press('Enter');
    await thread.getByText('Kept as a note').first().waitFor();
    await ana.shot('note-1-thread');
    await press(ana, 'PO-NOTE', 'Details');
    await ana.modal.getByText('The vendor credits it in May').first().waitFor();
    await ana.shot('note-2-details');
  });

  test('by keyboard alone one claims, fills in a form and leaves it', async () => {
    await posted('PO-KEYS');
    const ana = await open('ana');
    const { keyboard } = ana.page;
    const claim = ana.message('PO-KEYS').getByRole('button', { name: 'Claim', exact: true });
    await claim.waitFor();
    await tabTo(ana, 'Claim', 'PO-KEYS');
    await ana.shot('keyboard-1-focus');
    await keyboard.press('Enter');
    await says(ana, 'PO-KEYS', 'Claimed by Ana Ruiz');

    await tabTo(ana, 'Resolve', 'PO-KEYS');
    await keyboard.press('Enter');
    await ana.modal.waitFor();
    // The form has the focus in its first field: an arrow chooses.
    await keyboard.press('ArrowDown');
    await expect.poll(() => ana.modal.getByRole('combobox').first().inputValue()).not.toBe('');
    await keyboard.press('Escape');
    await ana.modal.waitFor({ state: 'hidden' });
    expect(await focused(ana)).toMatchObject({ name: 'Resolve' });
  });
});

const FOCUSED = `({
  name: document.activeElement?.textContent?.trim() ?? '',
  message: document.activeElement?.closest('.message')?.textContent ?? '',
})`;

/** What has the focus: its words, and the text of the message that it is in. */
const focused = (person: Person) => person.page.evaluate<{ name: string; message: string }>(FOCUSED);

const MOST_TABS = 120;

/** Presses Tab until this button of this message has the focus, as somebody without a mouse does. */
async function tabTo(person: Person, button: string, order: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    const { name, message } = await focused(person);
    if (name === button && message.includes(order)) return;
    await person.page.keyboard.press('Tab');
  }
  throw new Error(`${MOST_TABS} presses of Tab did not reach "${button}" of ${order}`);
}
