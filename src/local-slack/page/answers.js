import { toast } from './dom.js';

const seen = { where: '', known: new Set() };

/**
 * What the app says to one person alone stands at the end of a conversation: whoever has scrolled up is told of it, and
 * shown the way there.
 */
export function pointToAnswers(list, { me, channel, messages }) {
  const where = `${me}/${channel}`;
  const answers = messages.filter((message) => message.only_for_me);
  const fresh = answers.filter(({ ts }) => !seen.known.has(ts)).at(-1);
  const isFirstLook = seen.where !== where;
  seen.where = where;
  seen.known = new Set(answers.map(({ ts }) => ts));
  if (isFirstLook || fresh === undefined) return;
  const item = list.querySelector(`[data-ts="${CSS.escape(fresh.ts)}"]`);
  if (!item || item.getBoundingClientRect().top < list.getBoundingClientRect().bottom - 24) return;
  const said = item.querySelector('.content')?.innerText.split('\n')[0] ?? fresh.text;
  toast(said, 'Only visible to you, at the end of this conversation.', {
    words: 'Show it',
    act: () => item.scrollIntoView({ block: 'nearest' }),
  });
}
