import type { Catalogue } from '../catalogue.ts';

export const history: Catalogue['history'] = {
  program: 'Tieout',
  opened: ({ who, target }) =>
    target === undefined ? `${who} la abrió` : `${who} la abrió, al deshacer un emparejamiento en ${target}`,
  updated: ({ who, target }) =>
    target === undefined
      ? `${who} vio cambiar sus registros`
      : `${who} la pasó a ${target}, porque la matriz de responsables ha cambiado`,
  claim: ({ who }) => `${who} la asumió`,
  unclaim: ({ who, target }) =>
    target === undefined ? `${who} la devolvió` : `${who} la devolvió, porque ${target} ya no está`,
  resolve: ({ who, code, amount }) =>
    `${who} la resolvió${code === undefined ? '' : ` como ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  propose: ({ who, code, amount }) =>
    `${who} propuso resolverla${code === undefined ? '' : ` como ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  approve: ({ who, target, code, amount }) =>
    `${who} aprobó la propuesta de ${target ?? 'alguien'}${code === undefined ? '' : `: ${code}`}${amount === undefined ? '' : `, ${amount}`}`,
  reject: ({ who, target }) => `${who} denegó la propuesta de ${target ?? 'alguien'}`,
  withdraw: ({ who }) => `${who} retiró la propuesta`,
  lapse: ({ who, target }) =>
    `${who} puso fin a la propuesta de ${target ?? 'alguien'}, porque nadie decidió a tiempo`,
  release: ({ who, target, code }) =>
    target === undefined
      ? `${who} liberó el pago, porque el plazo de la retención había pasado`
      : `${who} liberó el pago, como propuso ${target}${code === undefined ? '' : ` (${code})`}`,
  escalate: ({ who, target }) => `${who} la escaló${target === undefined ? '' : ` a ${target}`}`,
  clear: ({ who, target }) =>
    target === undefined
      ? `${who} la despejó, porque la diferencia desapareció`
      : `${who} la despejó, por lo decidido en ${target}`,
  reopen: ({ who }) => `${who} la reabrió`,
  hand_over_offer: ({ who, target }) => `${who} la ofreció${target === undefined ? '' : ` a ${target}`}`,
  hand_over: ({ who }) => `${who} aceptó el traspaso`,
  hand_over_decline: ({ who }) => `${who} rechazó el traspaso`,
  hand_over_lapse: ({ who, target }) =>
    target === undefined
      ? `${who} puso fin a la oferta, porque nadie respondió a tiempo`
      : `${who} puso fin a la oferta, porque ${target} ya no está`,
  wait: ({ who, until }) => `${who} la aplazó${until === undefined ? '' : ` hasta el ${until}`}`,
  resume: ({ who }) => `${who} la reanudó`,
  note: ({ who }) => `${who} anotó`,
  remind: ({ who, target }) => `${who} la recordó a ${target ?? 'su equipo'}`,
  breach: ({ who, target }) =>
    `${who} subió su nivel, porque no se resolvió a tiempo${target === undefined ? '' : `, y avisó a ${target}`}`,
  ping_pong: ({ who, target }) =>
    `${who} subió su nivel, porque se traspasó tres veces${target === undefined ? '' : `, y avisó a ${target}`}`,
  match: ({ who, target }) => `${who} la emparejó a mano con ${target ?? '–'}`,
  unmatch: ({ who, target }) => `${who} deshizo ${target ?? '–'}`,
  never: ({ who, target }) => `${who} dijo que ${target ?? '–'} no va nunca aquí`,
  lift: ({ who, target }) => `${who} permite de nuevo ${target ?? '–'} aquí`,
  assign: ({ who, target }) => `${who} la dio a ${target ?? '–'}, en la reunión de triaje`,
  rule_change: ({ who }) => `${who} pide cambiar la regla, en la reunión de triaje`,
  other: (who, action) => `${who}: ${action}`,
  because: {
    INPUTS_CHANGED: 'porque sus documentos ya no son los que eran',
    DIFFERENCE_IS_BACK: 'porque la diferencia ha vuelto',
  },
  change: {
    expected: ({ from, to }) => `esperado antes ${from}, ahora ${to}`,
    actual: ({ from, to }) => `real antes ${from}, ahora ${to}`,
  },
  quoted: (note) => `(«${note}»)`,
  quotedBy: (note, author) => `(«${note}», de ${author})`,
};
