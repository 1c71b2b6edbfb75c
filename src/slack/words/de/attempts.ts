import type { Catalogue } from '../catalogue.ts';

export const attempts: Catalogue['attempts'] = {
  label: 'Bisherige Versuche',
  more: (count) => `${count} frühere unter Details`,
  held: ({ who, from, until }) => `${who}, ${from} bis ${until}`,
  holds: ({ who, from }) => `${who}, seit ${from}`,
  ends: {
    given_back: 'zurückgegeben',
    stale: 'ans Team zurückgegangen, weil nichts geschehen war',
    left: 'ans Team zurückgegangen, weil die Person nicht mehr da ist',
    cleared: 'erledigt, weil der Unterschied verschwunden war',
  },
  handedOver: (to) => `übergeben${to === undefined ? '' : ` an ${to}`}`,
  assigned: (to) => `von der Triage-Sitzung ${to === undefined ? 'vergeben' : `an ${to} gegeben`}`,
  resolved: (code) => `gelöst${code === undefined ? '' : ` als ${code}`}`,
  cameBack: 'und kam wieder',
};
