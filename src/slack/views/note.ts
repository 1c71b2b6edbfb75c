import { type Block, input, LIMITS, plainText, section, type View } from './blocks.ts';
import { inert, plain, typed } from './escape.ts';
import type { Reader } from './reader.ts';

/** The message that the form is about; `metadata` is given back when the form is sent. */
export type NoteDraft = {
  readonly text: string;
  readonly author: string | undefined;
  readonly metadata: string;
};

/** The form that keeps a message as a note: on which exception, and the words, which may be shortened. */
export function noteModal(draft: NoteDraft, { words }: Reader): View {
  const { note } = words;
  const text = typed(draft.text, LIMITS.note);
  const author: Block[] =
    draft.author === undefined ? [] : [section(note.writtenBy(inert(draft.author, 200)))];
  return {
    type: 'modal',
    callback_id: 'keep_note',
    title: plainText(plain(note.title, LIMITS.viewTitle)),
    submit: plainText(note.submit),
    close: plainText(note.cancel),
    private_metadata: draft.metadata,
    blocks: [
      ...author,
      input('exception', note.which, {
        element: { type: 'external_select', placeholder: plainText(note.choose), min_query_length: 0 },
        hint: note.whichHint,
      }),
      input('note', note.text, {
        element: {
          type: 'plain_text_input',
          multiline: true,
          ...(text === '' ? {} : { initial_value: text }),
          max_length: LIMITS.note,
        },
      }),
    ],
  };
}
