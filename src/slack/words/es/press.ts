import type { Catalogue } from '../catalogue.ts';

export const press: Catalogue['press'] = {
  notMine: 'Este botón ya no es mío. Use la tarjeta más reciente del canal.',
  buttonUnknown: 'Este botón no hace nada (o ya no). Use la tarjeta más reciente del canal.',
  formNotMine: 'Este formulario ya no es mío. Ciérrelo y ábralo de nuevo desde la tarjeta.',
  homeButtonNotMine: 'Este botón ya no es mío. Abra de nuevo la página de inicio.',
  notDone: 'No realizado',
  mayBeOpen: 'Slack responde con lentitud. Si no se ha abierto ningún formulario, pulse de nuevo.',
  expired:
    'Slack tardó demasiado en traer su pulsación, por eso el formulario no se pudo abrir. Pulse el botón de nuevo.',
  commandUnknown: (command) =>
    `El comando ${command} todavía no existe aquí. Use los botones de las tarjetas.`,
  approved: 'Aprobado: la incidencia está resuelta y su asiento hecho.',
  isYours: 'Ahora es suya. Su tarjeta en el canal tiene los botones para continuar.',
  fault: ({ state, reference }) =>
    `Algo ha fallado aquí, no en su lado. ${state}: mire la tarjeta y pulse de nuevo en un momento. Si sigue igual, dé a un operador la referencia ${reference}.`,
  askedFault: (reference) =>
    `Algo ha fallado aquí, no en su lado. Pregunte de nuevo en un momento. Si sigue igual, dé a un operador la referencia ${reference}.`,
  faultMaybeDone: 'Puede que se haya realizado o puede que no',
  faultNothingDone: 'No ha cambiado nada',
  unknownToSlack: 'Slack no le conoce en este espacio de trabajo. Pregunte a un administrador.',
  notAPerson:
    'Solo pueden hacerlo personas activas. Pregunte a un administrador de este espacio de trabajo de Slack.',
  guest: 'Solo pueden hacerlo miembros de este espacio de trabajo de Slack, no invitados de otro.',
  noEmail:
    'No veo ninguna dirección de correo confirmada suya, por eso no sé quién es usted aquí. Pida a un administrador que dé users:read.email a la aplicación o que anote su id de usuario de Slack en tieout.yaml.',
  unknownPerson: (email) =>
    `No le conozco aquí: ninguna persona activa de tieout.yaml tiene la dirección de correo ${email}. Pida a un administrador que le añada en people; no ha cambiado nada.`,
};
