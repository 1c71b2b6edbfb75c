import type { Catalogue } from '../catalogue.ts';

export const work: Catalogue['work'] = {
  nothing: 'nada',
  exceptions: (count) => `${count} ${count === 1 ? 'incidencia' : 'incidencias'}`,
  atStake: (money) => `${money} en juego`,
  overdue: (count) => `${count} ${count === 1 ? 'vencida' : 'vencidas'}`,
  moreCurrencies: (count) => `${count} ${count === 1 ? 'moneda más' : 'monedas más'}`,
  order: (ref) => `pedido ${ref}`,
  level: (level) => `nivel ${level}`,
  due: (at) => `vence ${at}`,
  overdueSince: (at) => `vencida desde ${at}`,
  nobody: 'nadie',
  page: (shown, pages) => `página ${shown} de ${pages}`,
};
