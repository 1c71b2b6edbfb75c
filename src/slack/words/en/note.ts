/** Keeping a message as a note on an exception. `label` is like EX-1042. */
export const note = {
  kept: (label: string) => `Kept as a note on ${label}. It stands under Details.`,
  keptBefore: (label: string) => `This message is a note on ${label} already, so nothing changed.`,
  empty:
    'There is nothing to keep. Write the note after the mention, or keep a message with text by “Keep as note” in its menu.',
  tooLong: (limit: number) =>
    `A note holds ${limit} characters at most, so nothing was kept. Send it in two messages.`,
  elsewhere:
    'Here I do not know which exception you mean. Mention me in the thread of its card, or choose “Keep as note” in the menu of your message.',
  whichOfGroup:
    'This thread is about many exceptions. Mention me again with the number of the one you mean, like EX-1042.',
  notOfGroup: (label: string) =>
    `${label} does not belong to this thread, so nothing was kept. Look up its number with the button that lists them, and mention me again.`,
  ownMessage:
    'This is a message of mine and is on the record already. Choose “Keep as note” at what somebody wrote.',
  title: 'Keep as note',
  submit: 'Keep',
  cancel: 'Cancel',
  which: 'On which exception?',
  whichHint: 'Search by number, client or order.',
  choose: 'Choose an exception',
  text: 'Note',
  writtenBy: (name: string) => `Written by ${name}`,
  unknownException: 'Choose one of the exceptions that the search offers.',
  expired: 'Slack took too long to bring this here, so the form could not open. Choose “Keep as note” again.',
};
