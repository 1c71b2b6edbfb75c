import type { Catalogue } from '../catalogue.ts';

export const work: Catalogue['work'] = {
  nothing: 'nichts',
  exceptions: (count) => `${count} ${count === 1 ? 'Klärfall' : 'Klärfälle'}`,
  atStake: (money) => `es geht um ${money}`,
  overdue: (count) => `${count} überfällig`,
  moreCurrencies: (count) => `${count} weitere ${count === 1 ? 'Währung' : 'Währungen'}`,
  order: (ref) => `Auftrag ${ref}`,
  level: (level) => `Stufe ${level}`,
  due: (at) => `fällig ${at}`,
  overdueSince: (at) => `überfällig seit ${at}`,
  nobody: 'niemand',
  page: (shown, pages) => `Seite ${shown} von ${pages}`,
};
