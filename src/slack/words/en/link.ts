/** Linking a Slack user whom nobody knows to a person. Names are escaped already; times are written already. */
export const link = {
  asked: (until: string) =>
    `I do not know you here yet, so nothing was changed. The admins are asked who you are. As soon as one of them vouches for you, you get a direct message to confirm it, and what you pressed is carried out. This stands until ${until}.`,
  waiting: (until: string) =>
    `The admins are asked already who you are, so nothing was changed. What you pressed last is carried out once one of them has vouched for you. This stands until ${until}; talk to an admin if it is urgent.`,
  sentAgain: (until: string) =>
    `An admin has vouched for you. I sent you a direct message: confirm it there until ${until}, and what you pressed is carried out.`,
  notSent:
    'An admin has vouched for you, but my direct message did not reach you, so nothing was changed. Press again in a moment.',
  declinedLately:
    'I do not know you here, and an admin declined to vouch for you, so nothing was changed. Talk to an admin.',

  whoIs: (name: string) => `Who is ${name}?`,
  pressed: (name: string, action: string, label: string) =>
    `${name} pressed ${action} at ${label}. Nobody in tieout.yaml has their e-mail address.`,
  vouchFor:
    'If you know who this is, choose the person and press Vouch. They confirm it themselves before anything is done.',
  choose: 'Choose a person',
  vouch: 'Vouch',
  decline: 'Decline',
  standsUntil: (until: string) => `This stands until ${until}.`,

  chooseFirst: 'Choose the person first, then press Vouch.',
  onlyAdmins: 'Only an admin can vouch for somebody. Nothing was changed; ask one.',
  over: 'Another admin answered this already. Nothing was changed.',
  expired: 'The time to answer this is over, so nothing was changed. They can press again to ask anew.',
  taken: (person: string) =>
    `${person} has a Slack user already, or is switched off, so nothing was changed. Choose somebody else, or correct tieout.yaml.`,
  vouched: (name: string, person: string) =>
    `You vouched that ${name} is ${person}. They are asked to confirm it.`,
  vouchedNotTold: (name: string, person: string) =>
    `You vouched that ${name} is ${person}, but my message did not reach them. Ask them to press again.`,
  declined: (name: string) => `You declined to vouch for ${name}. They are told.`,
  declinedTold: 'An admin declined to vouch for you, so what you pressed was not done. Talk to an admin.',

  confirmTitle: 'Is this you?',
  confirmAsk: (admin: string, person: string) =>
    `${admin} says that you are ${person} here. If that is so, press the button: you are linked, and what you had pressed is carried out. If not, do nothing and tell ${admin}.`,
  confirmYes: (person: string) => `Yes, I am ${person}`,
  confirmUntil: (until: string) => `The button works once, and until ${until}.`,
  linked: (person: string) => `You are ${person} here from now on.`,
  carriedOut: (action: string, label: string, status: string) =>
    `What you had pressed, ${action} at ${label}, was taken up. It is now: ${status}`,
  nothingKept: 'Press again what you had pressed.',
  notYours:
    'This is for somebody else, so nothing was changed. Press a button of a card to be asked for yourself.',
  used: 'This was used already and works only once. If you are not known yet, press a button of a card again.',
  linkExpired: 'The time to confirm this is over, so nothing was changed. Press a button of a card again.',
  alreadyLinked: (person: string) =>
    `You are ${person} here already, so nothing was changed. Ask an admin if that is wrong.`,
};
