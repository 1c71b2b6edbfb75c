import type { Catalogue } from '../catalogue.ts';

type Refusals = Catalogue['refusals'];

const actions: Refusals['actions'] = {
  claim: 'asumir esta incidencia',
  unclaim: 'devolver esta incidencia',
  hand_over: 'traspasar esta incidencia',
  wait: 'aplazar esta incidencia',
  resume: 'reanudar esta incidencia',
  resolve: 'resolver esta incidencia',
  escalate: 'escalar esta incidencia',
  approve: 'aprobar esta incidencia',
  reject: 'rechazar esta incidencia',
  reopen: 'reabrir esta incidencia',
  release: 'liberar este pago',
  hold: 'retener un pago',
  reverse: 'anular un asiento',
  edit: 'modificar un registro',
  match: 'emparejar esta incidencia a mano',
  unmatch: 'deshacer este emparejamiento',
  never: 'mantener separados estos documentos',
  lift: 'permitir de nuevo este emparejamiento',
  assign: 'asignarla',
  rule_change: 'pedir un cambio de regla',
  rule_propose: 'proponer un cambio de regla',
  rule_approve: 'aprobar un cambio de regla',
  rule_reject: 'denegar un cambio de regla',
  details: 'ver esta incidencia',
};

const steps: Refusals['steps'] = {
  resolve: 'Asúmala primero y resuélvala después.',
  resolveWaiting: 'Reanúdela primero y resuélvala después.',
  unclaim: 'Solo se puede devolver lo que está asumido.',
  hand_over: 'Asúmala primero y traspásela después.',
  wait: 'Asúmala primero y aplácela después.',
  resume: 'Solo se puede reanudar lo que está en espera.',
  reopen: 'Solo se puede reabrir lo que está resuelto o despejado.',
  match: 'Asúmala primero y luego emparéjela a mano.',
  unmatch: 'Asúmala primero y luego deshaga el emparejamiento.',
  never: 'Asúmala primero y luego diga qué no va nunca junto.',
  lift: 'Asúmala primero y luego permita de nuevo el emparejamiento.',
  otherwise: 'Mire la tarjeta tal como está ahora y elija de nuevo.',
};

const offerOver: Refusals['offerOver'] = {
  accepted: 'Esta oferta ya fue aceptada.',
  declined: 'Esta oferta ya fue rechazada.',
  lapsed: 'El plazo para responder a esta oferta ha terminado.',
  withdrawn: 'Esta oferta ya no vale: entretanto la incidencia se devolvió, se cerró o se traspasó.',
};

const proposalOver: Refusals['proposalOver'] = {
  approved: 'Esto ya fue aprobado.',
  rejected: 'Esto ya fue denegado.',
  withdrawn: 'La retiró quien la propuso.',
  lapsed: 'El plazo para decidirlo ha terminado.',
};

const amounts: Refusals['amounts'] = {
  amount_empty: 'está vacío',
  amount_malformed: 'no es un número con punto antes de los céntimos',
  amount_too_precise: 'tiene más decimales que la moneda',
  amount_out_of_range: 'supera lo que puede ser un importe',
};

const unpairable: Refusals['unpairable'] = {
  several: (given) =>
    `«${given}» nombra varios documentos. Nombre uno como lo escribe su fuente, o elíjalo de la lista.`,
  same_side: (given) =>
    `«${given}» está en el mismo lado que el documento de esta incidencia. Elija un documento del otro lado.`,
  both_sides: () => 'Eligió documentos de los dos lados. Elija los de un solo lado.',
  repeats: () =>
    'Esta incidencia trata de documentos que se repiten. Empareje cada uno desde la incidencia del documento que no tiene pareja.',
  together: (given) => `«${given}» ya está emparejado con él. Elija otro documento, o pulse «Deshacer».`,
  later: (given) =>
    `«${given}» tiene una fecha posterior a la que miró la última ejecución. Espere a la siguiente y emparéjelo entonces.`,
  left_out: (given) =>
    `Las reglas de esta conciliación dejan fuera «${given}». Elija otro documento, o haga cambiar las reglas.`,
};

const holders: Refusals['holders'] = {
  owner: 'su responsable',
  team: 'un miembro de su equipo',
  account_manager: 'un gestor de cuenta',
  ops_lead: 'un responsable de operaciones',
  finance: 'finanzas',
  admin: 'un administrador',
  approver: 'un aprobador',
  auditor: 'un auditor',
  data_owner: 'un responsable de los datos',
  governance: 'un revisor de reglas',
};

const sentences: Refusals['sentences'] = {
  not_found: () =>
    'Esta incidencia ya no existe aquí. No ha cambiado nada; use la tarjeta más reciente del canal.',
  already_claimed: ({ isYou, owner, since }) =>
    isYou
      ? `Usted ya la asumió, ${since}. Pulse «Resolver» cuando esté arreglada, o «Devolver».`
      : `${owner} ya la asumió, ${since}. Hable con ${owner}, o pulse «Escalar» si no avanza.`,
  already_closed: ({ status, by, at }) =>
    `El estado ya es: ${status}${by === undefined ? '' : `, por ${by}`}, ${at}. Si es un error, pulse «Reabrir».`,
  wrong_status: ({ action, status, step }) => `Ahora no puede ${action}; estado: ${status}. ${step}`,
  stale_card: ({ status, owner }) =>
    `Esta tarjeta no estaba al día, por eso no ha cambiado nada. Estado actual: ${status}${owner === undefined ? '' : `, con ${owner}`}. Mire la tarjeta actualizada y pulse de nuevo si todavía lo desea.`,
  not_permitted: ({ action, who }) =>
    `Usted no puede ${action}; puede hacerlo ${who}. Pregunte allí, o pida a un administrador que le añada al equipo.`,
  unknown_code: ({ given, known }) =>
    `«${given}» no es aquí un código de resolución. Elija uno de estos: ${known}.`,
  note_required: ({ code }) => `${code} necesita una nota. Escriba qué se acordó y con quién.`,
  note_too_long: ({ limit }) => `La nota es demasiado larga. Como máximo ${limit} caracteres.`,
  amount_required: ({ code }) => `${code} necesita un importe. Escríbalo así: 1234.50.`,
  amount_unreadable: ({ why }) => `El importe no se puede leer: ${why}. Escríbalo así: 1234.50.`,
  evidence_required: ({ code }) =>
    `${code} necesita un justificante. Pegue la dirección web del documento que lo muestra.`,
  evidence_unreadable: ({ given }) =>
    `«${given}» no es una dirección web que se pueda guardar. Pegue una que empiece por https:// y no contenga contraseña.`,
  not_on_agenda: () => 'Ya no está en la agenda de un triaje, así que nada cambió. Mire la tarjeta.',
  reason_required: () => 'Diga por qué, para que quien lo lea pueda actuar.',
  already_theirs: ({ owner }) => `${owner} ya la tiene. Elija a otra persona.`,
  already_offered: ({ name, until }) =>
    `Ya está ofrecida a ${name}, que puede responder hasta ${until}. Espere la respuesta; «Devolver» pone fin a la oferta.`,
  offer_not_yours: ({ name }) =>
    `Está ofrecida a ${name}, y solo esa persona puede responder. Pida a su responsable que se la ofrezca a usted.`,
  offer_over: ({ how }) => `${how} No ha cambiado nada; mire la tarjeta, o hable con quien la ofreció.`,
  until_required: () => 'Elija el día hasta el que se espera.',
  until_not_ahead: ({ today }) =>
    `El día debe ser futuro: hoy es ${today}. Elija mañana o más tarde, o pulse «Resolver».`,
  until_too_far: ({ latest }) =>
    `Nada espera tanto. Elija un día hasta ${latest}, y aplácela entonces de nuevo.`,
  unknown_target: ({ given }) => `«${given}» no es aquí un equipo ni una persona. Elija de la lista.`,
  other_currency: ({ given, currency }) =>
    `Se trata de ${currency}, y el importe dice ${given}. Los importes nunca se convierten: escríbalo en ${currency}.`,
  amount_not_positive: () => 'Escriba cuánto se contabiliza, un importe mayor que cero.',
  amount_above: ({ most, adjusted, hasAdjusted }) =>
    `Es más de lo que está en juego. Escriba como máximo ${most}${hasAdjusted ? `: ya hay ${adjusted} contabilizados` : ''}.`,
  reason_code_required: ({ code }) => `${code} necesita un motivo. Elija uno; va a la contabilidad.`,
  unknown_reason_code: ({ given, known }) =>
    `«${given}» no es un motivo para esto. ${known === '' ? 'Escriba uno como billing_error, en minúsculas.' : `Elija uno de estos: ${known}.`}`,
  period_unreadable: ({ given }) => `«${given}» no es un mes. Elija uno, escrito como 2026-10.`,
  period_ahead: ({ period, latest }) => `${period} es futuro. Elija ${latest} o un mes anterior.`,
  no_open_period: ({ period }) =>
    `Ningún mes desde ${period} hasta hoy está abierto para asientos. Pida a finanzas que abra uno y repítalo.`,
  own_proposal: () => 'Lo propuso usted, por eso debe aprobarlo otra persona. «Denegar» retira la propuesta.',
  proposal_over: ({ how }) => `${how} No ha cambiado nada; mire la tarjeta tal como está ahora.`,
  nobody_to_approve: () =>
    'Otra persona debe aprobarlo, y aquí nadie más puede. Pida a un administrador que dé a alguien el rol finance u ops_lead.',
  hold_unknown: ({ given }) =>
    `Aquí no hay ninguna retención «${given}». No cambió nada; mire la lista de retenciones.`,
  hold_over: ({ label }) =>
    `${label} ya no retiene nada, así que no hay nada que liberar. Mire la lista de retenciones.`,
  already_asked: ({ name, until }) =>
    `${name} ya lo pidió, y se puede decidir hasta ${until}. Espere, o pídale que lo retire.`,
  entry_unknown: ({ given }) =>
    `Aquí no hay ningún asiento «${given}». No cambió nada; mire la lista de asientos.`,
  entry_reversed: ({ label, isReversal }) =>
    isReversal
      ? `${label} es en sí una anulación. Contabilice un asiento nuevo.`
      : `${label} ya fue anulado. Un asiento se anula una vez.`,
  not_in_bulk: ({ code }) => `${code} contabiliza un importe propio de cada una. Resuélvalas una por una.`,
  not_by_matching: ({ code }) =>
    `${code} contabiliza un asiento, y emparejar no contabiliza nada. Elija otro código, o empareje primero y resuelva lo que quede con este.`,
  inactive_person: () =>
    'Su cuenta está desactivada aquí, por eso no ha cambiado nada. Pida a un administrador que la active en la configuración.',
  record_unknown: ({ given }) =>
    given === ''
      ? 'Elija al menos un documento.'
      : `Ningún lado de esta conciliación tiene un documento «${given}». Revise la referencia; se compara letra por letra.`,
  unpairable: ({ why }) => why,
  matched_by_hand: ({ given, name, label }) =>
    `${name} emparejó «${given}» a mano, en ${label}. Haga que se deshaga allí primero, o elija otro documento.`,
  kept_apart: ({ given, name, at }) =>
    `${name} dijo (${at}) que «${given}» no va nunca aquí. Levante eso primero, o elija otro documento.`,
  not_kept_apart: ({ given }) => `Nadie mantiene «${given}» separado de esto. No cambió nada.`,
  not_matched: () =>
    'Los documentos de esta incidencia no están emparejados con nada, así que no hay nada que deshacer.',
  too_many_apart: ({ pairs, most }) =>
    `Eso mantendría separadas ${pairs} parejas de documentos, y ${most} de una vez es lo máximo, así que no cambió nada. Empareje a mano lo que va junto, o elija con «Nunca juntos» algunos de los que no.`,
  run_under_way: () =>
    'Esta conciliación se está ejecutando en este momento, así que no cambió nada. Pulse de nuevo en un minuto.',
  rules_gone: ({ reconciliation }) =>
    `Las reglas de ${reconciliation} ya no están en la configuración, así que no se puede emparejar nada. Pregunte a un admin.`,
};

export const refusals: Refusals = {
  or: 'o',
  actions,
  steps,
  offerOver,
  proposalOver,
  amounts,
  unpairable,
  holders,
  sentences,
};
