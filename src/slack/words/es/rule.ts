import type { Catalogue } from '../catalogue.ts';

export const rule: Catalogue['rule'] = {
  seats: {
    data_owner: 'responsable de los datos',
    ops_lead: 'responsable de operaciones',
    governance: 'revisor de reglas',
  },
  titles: {
    pending: (name) => `Cambio de una regla: ${name}`,
    activated: (name) => `Regla cambiada: ${name}`,
    rejected: (name) => `Cambio denegado: ${name}`,
    withdrawn: (name) => `Cambio retirado: ${name}`,
    expired: (name) => `Cambio no decidido a tiempo: ${name}`,
  },
  bodies: {
    pending:
      'Las ejecuciones siguen con la regla como está hasta que aprueben un responsable de los datos, un responsable de operaciones y un revisor de reglas: tres personas distintas, ninguna de ellas quien lo pide.',
    activated: 'Los tres aprobaron. La próxima ejecución usa la regla cambiada.',
    rejected: 'La regla queda como estaba.',
    withdrawn: 'La regla queda como estaba.',
    expired: 'La regla queda como estaba. Quien quiera el cambio lo propone otra vez.',
  },
  labels: {
    by: 'Propuesto por',
    why: 'Por qué',
    version: 'Versión',
    until: 'Decidir antes del',
    decided: 'Decidido',
    note: 'Nota',
  },
  version: ({ from, to }) => `${to}, en lugar de ${from}`,
  clock: 'nadie, el plazo había pasado',
  decided: ({ who, at }) => `${who}, ${at}`,
  approvals: 'Aprobaciones',
  taken: ({ seat, name, at }) => `${seat}: ${name}, ${at}`,
  open: ({ seat, who }) => (who === '' ? `${seat}: aún falta` : `${seat}: aún falta, de ${who}`),
  unfilled: (seat) => `${seat}: nunca dada`,
  others: (count) => `${count} más`,
  changes: 'Qué cambia',
  gone: 'ya no',
  come: 'nuevo',
  places: 'En el archivo',
  place: ({ path, before, after }) => {
    if (before === null) return `${path}: nuevo, ${after ?? ''}`;
    return after === null ? `${path}: ya no está, era ${before}` : `${path}: ${before} → ${after}`;
  },
  more: (count) => `${count} más: pulse Detalles`,
  cut: (count) => `${count} más: tieout rules status lo muestra todo`,
  forms: {
    approve: {
      title: 'Aprobar la regla',
      submit: 'Aprobar',
      seat: '¿En calidad de qué?',
      seatHint: 'Las tres son personas distintas. Quien tiene varios roles ocupa un solo puesto.',
      note: 'Nota',
    },
    reject: {
      title: 'Denegar el cambio',
      submit: 'Denegar',
      reasonHint: 'Con esto termina el cambio. Quien lo propuso recibe aviso.',
    },
    details: 'Cambio de una regla',
  },
  approved: ({ seat }) => `Aprobado, como ${seat}.`,
  approvedLast: 'Aprobado. Los tres están de acuerdo, y la próxima ejecución usa la regla cambiada.',
  rejected: 'Denegado. La regla queda como estaba.',
  recon: ({ version, by, until, open }) =>
    `${by} propone un cambio a la versión ${version}. Falta por aprobar, antes del ${until}: ${open}`,
  governed:
    'Una regla cambia por propuesta (tieout rules propose) y tres aprobaciones. Una sola: /recon rules y su nombre.',
  over: {
    activated: 'Los tres ya aprobaron este cambio, y está en uso.',
    rejected: 'Este cambio ya fue denegado.',
    withdrawn: 'Este cambio lo retiró quien lo había propuesto.',
    expired: 'El plazo para decidir este cambio ha pasado.',
  },
  refusals: {
    rules_not_governed: () =>
      'Aquí las reglas no cambian por aprobación: tieout.yaml no tiene la sección governance, así que deciden los archivos. Añada governance con un canal, o simplemente cambie el archivo.',
    rule_unknown: ({ name }) =>
      `${name} aún no consta en el registro, así que no hay nada que cambiar. Ponga el archivo en reconciliations y ejecútelo: la primera versión rige desde el principio.`,
    rule_unchanged: ({ name, version }) =>
      `Esto dice lo que dice la versión ${version} de ${name}, que está en uso. No hay nada que proponer; cambie antes el archivo.`,
    rule_change_pending: ({ name, by, until }) =>
      `${by} ya propuso un cambio de ${name}, que se puede decidir antes del ${until}. Haga que antes se apruebe, se deniegue o se retire.`,
    too_few_approvers: () =>
      'Deben aprobar tres personas distintas, sin usted, y la configuración no tiene bastantes con estos roles. Pida a un administrador que dé los roles data_owner, ops_lead y governance a más personas.',
    rule_change_unknown: () =>
      'Este cambio ya no existe aquí. Nada ha cambiado; mire el mensaje más reciente del canal, o /recon rules.',
    rule_change_over: ({ how, by, at }) =>
      `${how} (${by === undefined ? '' : `${by}, `}${at}) Ahora no ha cambiado nada; mire el mensaje tal como está.`,
    rule_change_outdated: ({ name }) =>
      `La regla de ${name} cambió desde esta propuesta: lo que lee no es lo que cambiaría. Deniéguela y pida que se proponga de nuevo.`,
    own_rule_change: () =>
      'Usted propuso este cambio, así que deben aprobarlo otras tres personas. Denegar lo retira.',
    already_seated: ({ seat }) =>
      `Usted ya aprobó, como ${seat}. Hacen falta tres personas distintas, no tres roles de una: pídaselo a otra persona.`,
    seat_taken: ({ seat, name, at }) =>
      `${name} ya aprobó como ${seat}, ${at}. Solo hacen falta los puestos que siguen libres.`,
    seat_not_yours: ({ seat }) =>
      `Usted no puede aprobar como ${seat}: no tiene ese rol, o ya no. Elija un puesto suyo, o pida el rol a un administrador.`,
    seat_unknown: ({ given }) =>
      `"${given}" no es un puesto de una aprobación. Elija responsable de los datos, responsable de operaciones o revisor de reglas.`,
  },
};
