import type { Catalogue } from '../catalogue.ts';

export const home: Catalogue['home'] = {
  mine: 'Mis incidencias',
  mineNothing: 'No tiene nada a su cargo. Asuma algo de abajo o espere la próxima ejecución.',
  unclaimed: 'Sin asumir en mis equipos',
  unclaimedNothing: 'Nada espera a alguien de sus equipos.',
  noTeam: 'Aquí no es miembro de ningún equipo.',
  teams: (names) => `Equipos: ${names}.`,
  updated: (at) => `Actualizado: ${at}.`,
  more: 'Más con /recon help.',
};
