/** What answers a press, a form or a command that did not lead where it should. */
export const press = {
  notMine: 'This button is not one of mine any more. Use the newest card of the channel.',
  buttonUnknown: 'This button does nothing (any more). Use the newest card of the channel.',
  formNotMine: 'This form is not one of mine any more. Close it and open it again from the card.',
  homeButtonNotMine: 'This button is not one of mine any more. Open the Home again.',
  /** Title of a modal that says why something was not done: 24 characters. */
  notDone: 'Not done',
  mayBeOpen: 'Slack answers slowly. If no form opened, press again.',
  expired:
    'Slack took too long to bring your press here, so the form could not open. Press the button again.',
  commandUnknown: (command: string) =>
    `There is no command ${command} here yet. Use the buttons of the cards.`,
  approved: 'It is approved: resolved, and its entry is booked.',
  isYours: 'It is yours now. Its card in the channel has the buttons to go on with.',
  fault: (to: { state: string; reference: string }) =>
    `Something went wrong here, not with you. ${to.state}: look at the card and press again in a moment. If it stays so, tell an operator the reference ${to.reference}.`,
  askedFault: (reference: string) =>
    `Something went wrong here, not with you. Ask again in a moment. If it stays so, tell an operator the reference ${reference}.`,
  faultMaybeDone: 'It may or may not have gone through',
  faultNothingDone: 'Nothing was changed',
  unknownToSlack: 'Slack does not know you in this workspace. Ask an admin.',
  notAPerson: 'Only active people can do this. Ask an admin of this Slack workspace.',
  guest: 'Only members of this Slack workspace can do this, not guests of another.',
  noEmail:
    'I cannot see a confirmed e-mail address of yours, so I do not know who you are here. Ask an admin to give the app users:read.email, or to add your Slack user id in tieout.yaml.',
  unknownPerson: (email: string) =>
    `I do not know you here: no active person in tieout.yaml has the e-mail address ${email}. Ask an admin to add you under people; nothing changed.`,
};
