import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { plain, type TestWorkspace, testWorkspace } from '../integration/local-slack/workspace.ts';
import { openWindows, type Windows, whyNoBrowser } from './people.ts';

const cell = (text: string) => ({ type: 'raw_text', text });
const NUMBERS = [
  { type: 'header', text: plain('Week 47') },
  {
    type: 'data_visualization',
    title: 'Open by team',
    chart: {
      type: 'bar',
      axis_config: { categories: ['Media', 'Finance'] },
      series: [
        {
          name: 'Open',
          data: [
            { label: 'Media', value: 12 },
            { label: 'Finance', value: 5 },
          ],
        },
      ],
    },
  },
  {
    type: 'table',
    rows: [
      [cell('Team'), cell('Overdue')],
      [cell('Media'), cell('3')],
    ],
  },
];

const searched = (type: string, actionId: string) => ({
  type: 'input',
  block_id: actionId,
  label: plain('Which order'),
  element: { type, action_id: 'value', min_query_length: 1, placeholder: plain('Order number') },
});

describe.skipIf(whyNoBrowser())('the local Slack by itself', () => {
  let workspace: TestWorkspace;
  let windows: Windows;

  beforeAll(async () => {
    workspace = await testWorkspace({
      app: {
        commands: [{ command: '/recon', description: 'What differs' }],
        shortcuts: [
          { name: 'Keep as a note', callbackId: 'keep_note', kind: 'message' },
          { name: 'Report a difference', callbackId: 'report', kind: 'global' },
        ],
        events: ['app_mention', 'channel_archive', 'message.channels'],
      },
    });
    windows = await openWindows(workspace.slack);
  });

  afterEach(async () => {
    workspace?.app.answer({});
    await windows?.closeAll();
  });

  afterAll(async () => {
    await windows?.end();
    await workspace?.stop();
  });

  const received = (type: string) =>
    workspace.app.received.findLast(({ payload }) => {
      const event = payload.event as { type?: string } | undefined;
      return payload.type === type || event?.type === type;
    })?.payload;

  test('a mention is offered while typing, and reaches the app as an event', async () => {
    const ana = await windows.open('U1', { at: '&channel=C1' });
    const box = ana.page.getByRole('textbox', { name: 'Message or slash command' });
    await box.pressSequentially('a < b, @ti');
    await ana.page.getByRole('option', { name: '@tieout' }).waitFor();
    await ana.shot('compose-mention');
    await ana.page.keyboard.press('Enter');
    await box.pressSequentially('please look');
    await ana.page.keyboard.press('Enter');
    await ana.message('please look').getByText('@tieout').waitFor();
    await expect
      .poll(() => received('app_mention'))
      .toMatchObject({
        event: { user: 'U1', channel: 'C1', text: 'a &lt; b, <@U0APP> please look' },
      });
  });

  test('a command is offered after a slash and taken with Tab', async () => {
    const ana = await windows.open('U1', { at: '&channel=C1' });
    const box = ana.page.getByRole('textbox', { name: 'Message or slash command' });
    await box.pressSequentially('/re');
    await ana.page.keyboard.press('Tab');
    expect(await box.inputValue()).toBe('/recon ');
  });

  test('a message has its shortcuts, and the app gets the message with the choice', async () => {
    workspace.slack.as('U2').say({ channel: 'C1', text: 'The vendor agreed' });
    const ana = await windows.open('U1', { at: '&channel=C1' });
    await ana.message('The vendor agreed').hover();
    await ana.message('The vendor agreed').getByLabel('More actions on this message').first().click();
    await ana.shot('message-actions');
    await ana.page.getByRole('menuitem', { name: 'Keep as a note' }).click();
    await expect
      .poll(() => received('message_action'))
      .toMatchObject({
        callback_id: 'keep_note',
        message: { user: 'U2', text: 'The vendor agreed' },
        channel: { id: 'C1', name: 'media-ops' },
        response_url: expect.stringContaining('/actions/'),
      });
  });

  test('a shortcut of the app opens a form whose menu is searched by the app', async () => {
    const ana = await windows.open('U1', { at: '&channel=C1' });
    await ana.page.getByLabel('Shortcuts of Tieout').first().click();
    // What comes in meanwhile does not take the open menu away.
    await workspace.api('chat.postMessage', { channel: 'C1', text: 'Something new' });
    await ana.page.getByText('Something new').first().waitFor();
    await ana.page.getByRole('menuitem', { name: 'Report a difference' }).click();
    await expect.poll(() => received('shortcut')).toMatchObject({ callback_id: 'report' });
    const opened = await workspace.api('views.open', {
      trigger_id: received('shortcut')?.trigger_id,
      view: {
        type: 'modal',
        title: plain('Report'),
        submit: plain('Send'),
        blocks: [searched('external_select', 'one'), searched('multi_external_select', 'many')],
      },
    });
    expect(opened).toMatchObject({ ok: true });
    const option = (number: number) => ({ text: plain(`PO-${number}`), value: String(number) });
    workspace.app.answer({ body: { options: [option(1041), option(1042)] } });
    await ana.modal.getByRole('combobox', { name: 'Which order' }).first().pressSequentially('PO');
    await ana.modal.getByRole('option', { name: 'PO-1042' }).waitFor();
    await ana.shot('searched-menu');
    await ana.page.keyboard.press('ArrowDown');
    await ana.page.keyboard.press('Enter');
    expect(received('block_suggestion')).toMatchObject({
      value: 'PO',
      block_id: 'one',
      view: { type: 'modal' },
    });

    await ana.modal.getByRole('combobox', { name: 'Which order' }).last().pressSequentially('P');
    await ana.modal.getByRole('option', { name: 'PO-1041' }).click();
    workspace.app.answer({});
    await ana.modal.getByRole('button', { name: 'Send' }).click();
    await ana.modal.waitFor({ state: 'hidden' });
    expect(received('view_submission')).toMatchObject({
      view: {
        state: {
          values: {
            one: { value: { selected_option: { value: '1042' } } },
            many: { value: { selected_options: [{ value: '1041' }] } },
          },
        },
      },
    });
  });

  test('charts, tables and files of the app are shown', async () => {
    await workspace.api('chat.postMessage', { channel: 'C1', text: 'Week 47', blocks: NUMBERS });
    const content = 'order,amount\nPO-1,10.00\n';
    const upload = await workspace.api('files.getUploadURLExternal', {
      filename: 'week.csv',
      length: content.length,
    });
    await fetch(upload.upload_url, { method: 'POST', body: content });
    await workspace.api('files.completeUploadExternal', {
      files: [{ id: upload.file_id, title: 'Week 47 in full' }],
      channel_id: 'C1',
    });
    const ben = await windows.open('U2', { at: '&channel=C1', dark: true });
    await ben.page.getByRole('link', { name: 'Week 47 in full' }).waitFor();
    await ben.page.getByRole('cell', { name: 'Media' }).waitFor();
    await ben.page.getByRole('figure', { name: 'Open by team' }).waitFor();
    await ben.shot('charts-and-files-dark');
  });

  test('an answer leaves whoever has scrolled up where they were', async () => {
    for (let number = 1; number <= 60; number += 1) {
      const button = { type: 'button', action_id: `look_${number}`, text: plain(`Look at ${number}`) };
      await workspace.api('chat.postMessage', {
        channel: 'C1',
        text: `Order ${number}`,
        blocks: [
          { type: 'header', text: plain(`Order ${number}`) },
          { type: 'actions', elements: [button] },
        ],
      });
    }
    const ana = await windows.open('U1', { at: '&channel=C1' });
    const pressed = ana.page.getByRole('button', { name: 'Look at 30' });
    await pressed.click();
    const before = await pressed.boundingBox();
    await workspace.api('chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'Ben claimed this' });
    await ana.page.getByRole('button', { name: 'Show it' }).waitFor();
    expect(await pressed.boundingBox()).toEqual(before);
  });

  test('whoever writes is taken to the end, where the answer comes', async () => {
    const ana = await windows.open('U1', { at: '&channel=C1' });
    await ana.page.getByRole('button', { name: 'Look at 30' }).scrollIntoViewIfNeeded();
    await ana.page.getByRole('textbox', { name: 'Message or slash command' }).fill('Where does this go?');
    await ana.page.keyboard.press('Enter');
    const written = ana.message('Where does this go?');
    await written.waitFor();
    await expect.poll(async () => (await written.boundingBox())?.y).toBeLessThan(860);
  });

  test('a narrow window leaves cards room to be read', async () => {
    await workspace.api('chat.postMessage', {
      channel: 'C1',
      text: 'Facts',
      blocks: [{ type: 'section', fields: [plain('Expected $24,800.00'), plain('Actual $22,716.80')] }],
    });
    const ben = await windows.open('U2', { at: '&channel=C1', width: 380 });
    const fact = await ben.page.getByText('Expected $24,800.00').boundingBox();
    expect(fact?.width).toBeGreaterThan(120);
    await ben.page.getByRole('button', { name: 'finance' }).click();
    await ben.page.getByRole('heading', { name: 'finance' }).waitFor();
    await ben.shot('narrow');
  });

  test('what was said to one person alone is gone when somebody else sits down', async () => {
    const ana = await windows.open('U1', { at: '&channel=C1' });
    await ana.page.getByRole('button', { name: 'Look at 30' }).scrollIntoViewIfNeeded();
    await workspace.api('chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'For Ana alone' });
    const told = ana.page.locator('#toasts').getByText('For Ana alone');
    await told.waitFor();
    await ana.page.getByLabel('You are').selectOption({ label: 'Ben Roy' });
    await told.waitFor({ state: 'detached', timeout: 3_000 });
  });

  test('what an administrator does is told to the app and seen by all', async () => {
    const [ana, ben] = [
      await windows.open('U1', { at: '&channel=C1' }),
      await windows.open('U2', { at: '&channel=C1' }),
    ];
    await ana.page.getByRole('button', { name: 'Faults and administration' }).click();
    await ana.page.getByRole('button', { name: 'Archive', exact: true }).click();
    await ben.page.getByText('Archived.').waitFor();
    await ana.shot('faults-and-administration');
    await expect.poll(() => received('channel_archive')).toMatchObject({ event: { channel: 'C1' } });
    await ana.page.getByRole('button', { name: 'Unarchive' }).click();
    // Until it is: a window that is closed before that leaves the channel as it is to whoever comes next.
    await ben.page.getByText('Archived.').waitFor({ state: 'detached' });
  });

  test('several people stand side by side, and one sees what the other writes', async () => {
    const both = await windows.open('U1', { path: 'side.html', width: 1500 });
    const [first, second] = ['Ana Lima', 'Ben Roy'].map((name) =>
      both.page.frameLocator(`iframe[title="Slack of ${name}"]`),
    );
    await first?.getByRole('textbox', { name: 'Message or slash command' }).fill('Do you see me?');
    await second?.getByRole('textbox', { name: 'Message or slash command' }).waitFor();
    await first?.getByRole('button', { name: 'Send' }).click();
    await first?.getByText('Do you see me?').waitFor();
    await second?.getByText('Do you see me?').waitFor();
    await both.shot('side-by-side');
  });
});
