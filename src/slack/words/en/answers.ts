/** What answers an interaction while it is read, or that leads nowhere. */
export const answers = {
  /** Title of a modal: 24 characters. */
  loadingTitle: 'One moment',
  loading: 'Loading… This form fills in by itself.',
  /** After words that somebody may have to ask about; the log has it. */
  reference: (reference: string) => `Reference ${reference}.`,
  shortcutUnknown:
    'This shortcut is not one of mine any more. To keep a message on the record, choose “Keep as note” in its menu.',
  formUnknown:
    'This form is not one of mine any more, so nothing was changed. Close it, and press the button again on the newest card.',
};
