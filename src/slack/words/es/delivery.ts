import type { Catalogue } from '../catalogue.ts';

export const delivery: Catalogue['delivery'] = {
  troubles: {
    archived: 'está archivado',
    not_member: 'la aplicación no está en él',
    not_found: 'no existe, o es privado y la aplicación no está en él',
    not_allowed: 'la aplicación no puede escribir allí',
    no_account: 'no existe esa cuenta en Slack',
  },
  advice: {
    archived: 'Desarchívelo, o indique otro canal para el equipo en tieout.yaml.',
    not_member: 'Invite a la aplicación: /invite @Tieout.',
    not_found: 'Créelo o invite a la aplicación, o indique otro canal para el equipo en tieout.yaml.',
    not_allowed:
      'Permita que la aplicación escriba allí, o indique otro canal para el equipo en tieout.yaml.',
    no_account: 'Corrija a la persona en tieout.yaml.',
  },
  standsHere: (channel: string, trouble: string): string =>
    `${channel} no acepta mensajes: ${trouble}. Mientras tanto, esto se publica aquí.`,
  movedTo: (label: string, place: string): string => `${label} está ahora en ${place}.`,
  movedToPerson: (label: string): string => `${label} está ahora en un mensaje directo.`,
  thisCard: 'Esta tarjeta',
  deletedLine: 'La tarjeta se eliminó en Slack; aquí está de nuevo.',
  replacedLine:
    'Slack ya no dejó que la aplicación cambiara la tarjeta; aquí está de nuevo. Si la anterior sigue ahí, ya no está al día.',
  movedLine: (from: string): string => `La tarjeta estaba antes en ${from}.`,
  movedLineBecause: (from: string, trouble: string): string =>
    `La tarjeta estaba antes en ${from}; motivo: ${trouble}.`,
  lostTitle: (team: string): string => `El canal de ${team} no acepta mensajes`,
  lostBody: (channel: string, trouble: string): string => `${channel}: ${trouble}.`,
  lostStandIn:
    'Hasta entonces, sus tarjetas se publican en el siguiente lugar que funcione. Volverán por sí solas.',
  lostNowhere:
    'Hasta entonces, sus tarjetas quedan retenidas. Las incidencias están registradas: véase "tieout exceptions".',
  backTitle: (team: string): string => `El canal de ${team} vuelve a aceptar mensajes`,
  backBody: (channel: string): string =>
    `${channel}: las tarjetas publicadas en otro lugar vuelven ahora allí.`,
  leftTitle: (name: string): string => `${name} ya no está`,
  leftBody: (given: number): string =>
    `${given === 1 ? '1 incidencia volvió a su equipo' : `${given} incidencias volvieron a sus equipos`}. Asuma lo que no pueda esperar.`,
  rehomedTitle: (count, team) =>
    `${count === 1 ? '1 incidencia es' : `${count} incidencias son`} ahora de ${team}`,
  rehomedBody: 'La matriz de responsables ha cambiado. Los plazos se mantienen, y los responsables también.',
  rehomedYours:
    'La matriz de responsables ha cambiado. Usted las había asumido y sigue siendo responsable: traspase lo que ya no sea suyo.',
};
