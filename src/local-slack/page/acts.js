import { ask, toast } from './dom.js';

const why = (result) =>
  result.status === 0 ? `no answer after ${result.ms} ms` : `the app answered with status ${result.status}`;

const attempt = (work) => work.catch((error) => toast(error.message));

/** What the person of this page does. `me()` is their id; `setNotice(ts, notice)` shows trouble at a message. */
export function actsOf({ me, setNotice, go }) {
  const settle = (result, ts) => {
    const notice = result.notice ? { text: result.notice, detail: why(result) } : null;
    if (ts) setNotice(ts, notice);
    else if (notice) toast(notice.text, notice.detail);
  };
  const act = (target, element, block, { value, values } = {}) =>
    attempt(
      ask('POST', 'press', {
        as: me(),
        ...target,
        actionId: element.action_id,
        blockId: block.block_id,
        ...(value === undefined ? {} : { value }),
        ...(values ? { values } : {}),
      }).then((result) => settle(result, target.ts)),
    );
  return {
    act: (message, element, block, value) =>
      act({ channel: message.channel, ts: message.ts }, element, block, { value }),
    actInView: (view, element, block, given) => act({ viewId: view.id }, element, block, given),
    actInHome: (element, block, value) => act({ home: true }, element, block, { value }),
    /** The options of a menu that match what was typed; none, with the reason shown, when the app failed. */
    suggestAt: async (target, element, block, query) => {
      const request = { ...target, actionId: element.action_id, blockId: block.block_id };
      const found = await attempt(ask('POST', 'suggest', { as: me(), ...request, query }));
      if (found?.notice) toast(found.notice, why(found));
      return found?.suggestions ?? [];
    },
    useShortcut: (shortcut, message) =>
      attempt(
        ask('POST', 'shortcut', {
          as: me(),
          callbackId: shortcut.callbackId,
          ...(message ? { channel: message.channel, ts: message.ts } : {}),
        }).then((result) => settle(result, message?.ts)),
      ),
    copyLink: (message) => {
      const link = new URL(`/archives/${message.channel}/p${message.ts.replace('.', '')}`, location.href);
      return attempt(navigator.clipboard.writeText(link.href));
    },
    deleteMessage: (message) =>
      attempt(ask('POST', 'admin/delete_message', { channel: message.channel, ts: message.ts })),
    hide: (message) => attempt(ask('POST', 'hide', { as: me(), ts: message.ts })),
    openThread: (message, { write = false } = {}) => {
      go({ thread: message.thread_ts ?? message.ts });
      if (write) requestAnimationFrame(() => document.getElementById('thread-text').focus());
    },
  };
}
