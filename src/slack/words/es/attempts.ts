import type { Catalogue } from '../catalogue.ts';

export const attempts: Catalogue['attempts'] = {
  label: 'Intentos anteriores',
  more: (count) => `${count} ${count === 1 ? 'anterior' : 'anteriores'}, en los detalles`,
  held: ({ who, from, until }) => `${who}, del ${from} al ${until}`,
  holds: ({ who, from }) => `${who}, desde el ${from}`,
  ends: {
    given_back: 'devuelta',
    stale: 'devuelta al equipo, porque no había pasado nada',
    left: 'devuelta al equipo, porque la persona ya no está',
    cleared: 'despejada, porque la diferencia había desaparecido',
  },
  handedOver: (to) => `traspasada${to === undefined ? '' : ` a ${to}`}`,
  assigned: (to) => `asignada${to === undefined ? '' : ` a ${to}`} por la reunión de triaje`,
  resolved: (code) => `resuelta${code === undefined ? '' : ` como ${code}`}`,
  cameBack: 'y volvió',
};
