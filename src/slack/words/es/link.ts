import type { Catalogue } from '../catalogue.ts';

export const link: Catalogue['link'] = {
  asked: (until) =>
    `Todavía no le conozco aquí, así que no se cambió nada. Se pregunta a los administradores quién es usted. En cuanto uno responda por usted, recibirá un mensaje directo para confirmarlo, y lo que pulsó se ejecutará. Vale hasta ${until}.`,
  waiting: (until) =>
    `Ya se ha preguntado a los administradores quién es usted; no se cambió nada. Lo último que pulsó se ejecutará cuando uno haya respondido por usted. Vale hasta ${until}; hable con un administrador si es urgente.`,
  sentAgain: (until) =>
    `Un administrador ha respondido por usted. Le envié un mensaje directo: confírmelo allí hasta ${until}, y lo que pulsó se ejecutará.`,
  notSent:
    'Un administrador ha respondido por usted, pero mi mensaje directo no le llegó; no se cambió nada. Pulse de nuevo en un momento.',
  declinedLately:
    'No le conozco aquí, y un administrador no quiso responder por usted; no se cambió nada. Hable con un administrador.',

  whoIs: (name) => `¿Quién es ${name}?`,
  pressed: (name, action, label) =>
    `${name} pulsó ${action} en ${label}. Nadie en tieout.yaml tiene su dirección de correo.`,
  vouchFor:
    'Si sabe quién es, elija la persona y pulse Responder. Ella misma lo confirma antes de que se haga nada.',
  choose: 'Elegir una persona',
  vouch: 'Responder',
  decline: 'Rechazar',
  standsUntil: (until) => `Vale hasta ${until}.`,

  chooseFirst: 'Elija primero la persona y después pulse Responder.',
  onlyAdmins: 'Solo un administrador puede responder por alguien. No se cambió nada; pregunte a uno.',
  over: 'Otro administrador ya respondió a esto. No se cambió nada.',
  expired:
    'El plazo para responder ha terminado, así que no se cambió nada. La persona puede pulsar de nuevo para preguntar otra vez.',
  taken: (person) =>
    `${person} ya tiene un usuario de Slack o está desactivada; no se cambió nada. Elija a otra persona o corrija tieout.yaml.`,
  vouched: (name, person) => `Usted respondió de que ${name} es ${person}. Se le pide que lo confirme.`,
  vouchedNotTold: (name, person) =>
    `Usted respondió de que ${name} es ${person}, pero mi mensaje no le llegó. Pídale que pulse de nuevo.`,
  declined: (name) => `Usted no quiso responder por ${name}. Se le informa.`,
  declinedTold:
    'Un administrador no quiso responder por usted, así que lo que pulsó no se hizo. Hable con un administrador.',

  confirmTitle: '¿Es usted?',
  confirmAsk: (admin, person) =>
    `${admin} dice que usted es ${person} aquí. Si es así, pulse el botón: quedará vinculado, y lo que había pulsado se ejecutará. Si no, no haga nada y avise a ${admin}.`,
  confirmYes: (person) => `Sí, soy ${person}`,
  confirmUntil: (until) => `El botón sirve una vez y hasta ${until}.`,
  linked: (person) => `A partir de ahora usted es ${person} aquí.`,
  carriedOut: (action, label, status) =>
    `Lo que había pulsado, ${action} en ${label}, se atendió. Estado actual: ${status}`,
  nothingKept: 'Pulse de nuevo lo que había pulsado.',
  notYours:
    'Esto es para otra persona, así que no se cambió nada. Pulse un botón de una tarjeta para que se pregunte por usted.',
  used: 'Esto ya se usó y solo sirve una vez. Si todavía no se le conoce, pulse de nuevo un botón de una tarjeta.',
  linkExpired:
    'El plazo para confirmar ha terminado, así que no se cambió nada. Pulse de nuevo un botón de una tarjeta.',
  alreadyLinked: (person) =>
    `Usted ya es ${person} aquí, así que no se cambió nada. Pregunte a un administrador si es un error.`,
};
