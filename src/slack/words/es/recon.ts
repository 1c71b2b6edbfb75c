import type { FilteredVerb } from '../../../core/recon-filter.ts';
import type { Catalogue } from '../catalogue.ts';

const end = (near: string | undefined, known = ''): string => {
  if (near !== undefined) return `; ¿quiso decir «${near}»?`;
  return known === '' ? '.' : `; se conocen: ${known}.`;
};

const example = (verb: FilteredVerb): string =>
  verb === 'adjustments'
    ? 'Ejemplo: /recon adjustments waiting kind:write_off client:"Acme SL".'
    : 'Ejemplo: /recon list team:finance status:open amount:500.. client:"Acme SL".';

export const recon: Catalogue['recon'] = {
  refusals: {
    too_long: (to) => `Eso supera los ${to.limit} caracteres. Pregunte menos a la vez.`,
    unknown_verb: (to) => `No existe /recon ${to.typed}${end(to.near)} /recon help los muestra todos.`,
    nothing_after: (to) =>
      `Nada sigue a /recon ${to.verb}. Escriba /recon ${to.verb}, o /recon list con filtros.`,
    which_order: (to) => `¿Qué pedido? Escriba su referencia: /recon ${to.verb} PO-1042.`,
    which_exception: () => '¿Qué incidencia? Escriba su número: /recon show EX-1042.',
    one_feed: () => 'Escriba /recon quarantine, o una fuente detrás: /recon quarantine invoice_lines.',
    only_verify: () =>
      'Escriba /recon audit para el final del registro, o /recon audit verify para que se pruebe entero.',
    crossed_amounts: () => 'El importe menor supera al mayor, así que nada puede coincidir. Intercámbielos.',
    not_a_filter: (to) =>
      `«${to.typed}» no es ningún nombre que vea aquí${end(to.near)} Los nombres de equipos, tipos, clientes, responsables y pedidos pueden ir solos.`,
    unknown_filter: (to) => `No existe el filtro ${to.typed}:${end(to.near)} ${example(to.verb)}`,
    empty_filter: (to) => `Falta un valor después de ${to.key}:. ${example(to.verb)}`,
    repeated_filter: (to) => `${to.key}: aparece dos veces. Deje uno.`,
    unknown_status: (to) => `«${to.typed}» no es un estado${end(to.near)} Ejemplo: status:open.`,
    unknown_kind: (to) => `«${to.typed}» no es una clase de asiento${end(to.near)} Ejemplo: kind:write_off.`,
    bad_period: (to) => `«${to.typed}» no es un mes. Escríbalo así: period:2026-10.`,
    bad_amount: (to) =>
      `${to.key}:${to.typed} no es un importe. Escriba cifras con punto antes de los céntimos, como amount:1234.50 o amount:1000..5000.`,
  },
  help: {
    status: 'lo que está abierto, en número y dinero, por equipo, tipo y estado',
    mine: 'lo que usted ha asumido, por vencimiento',
    list: 'una lista, de diez en diez; cada filtro es opcional, los nombres pueden ir solos, y owner: admite también me y nobody',
    show: 'una incidencia con sus botones',
    order: 'los documentos y incidencias de un pedido',
    'who-owns': 'quién la tiene ahora',
    holds: 'lo que retiene un pago, de todo lo que usted ve o de un cliente, un pedido o un beneficiario',
    adjustments:
      'lo contabilizado, y antes lo que espera a una segunda persona; cada filtro es opcional, y también waiting y booked solos',
    sla: 'lo vencido y lo que vence en el próximo día laborable, por equipo y responsable',
    report: 'el resumen de este momento, de todo lo que usted ve o de un equipo',
    rules: 'cómo compara, empareja, juzga y asigna cada conciliación',
    run: 'la última ejecución de cada conciliación',
    audit:
      'el final del registro de auditoría y su último anclaje; para administradores y auditores, audit verify lo prueba entero',
    quarantine: 'las filas que no se pudieron leer',
    doctor: 'para administradores: qué falla en el servicio y cómo arreglarlo',
  },
  helpTitle: 'A qué responde /recon',
  helpNotes: {
    amounts:
      'Los importes están en la moneda de cada incidencia: amount:1000..5000, amount:..50, o min: y max:. Las comillas mantienen juntas las palabras: client:"Acme SL".',
    sight:
      'Solo usted ve las respuestas. Ve las incidencias de sus equipos y las suyas; responsables de operaciones, administradores, finanzas y auditores las ven todas.',
  },
  loading: 'Buscando…',
  tooOften:
    'Es más de una pregunta por segundo. No se ha buscado nada: espere un minuto y vuelva a preguntar.',
  strangeButton: 'Este botón ya no es mío. Escriba de nuevo /recon list.',
  oldList: 'Esta lista es demasiado antigua para pasar sus páginas. Escriba de nuevo el comando.',
  titles: {
    mine: 'Mi trabajo',
    list: 'Incidencias',
    status: 'Estado',
    order: (to) => `Pedido ${to.ref}`,
    owners: (to) => `Quién tiene ${to.ref}`,
  },
  listHint: '/recon show EX-n muestra una con todos sus botones.',
  scopes: {
    all: 'todos los equipos',
    own: 'lo que usted ha asumido (no es miembro de ningún equipo)',
    teams: (to) => `${to.teams} y lo que usted ha asumido`,
  },
  nothing: {
    mine: 'Ahora no ha asumido nada. /recon list status:open muestra lo que espera a alguien.',
    team: (to) => `No ve nada de un equipo «${to.typed}»${end(to.near, to.known)}`,
    type: (to) => `No ve nada del tipo «${to.typed}»${end(to.near, to.known)}`,
    client: (to) => `No ve nada de un cliente «${to.typed}»${end(to.near)}`,
    order: (to) => `No ve nada de un pedido «${to.typed}»${end(to.near)}`,
    owner: (to) => `No ve nada que «${to.typed}» haya asumido${end(to.near)}`,
    match: (to) => `Nada coincide en ${to.scope}. Quite un filtro, o pida status:all.`,
    open: (to) => `No hay nada abierto en ${to.scope}. /recon run muestra cuándo se comprobó por última vez.`,
    show: (to) =>
      `No ve ninguna ${to.label}. /recon list status:all muestra lo que hay; quizá la tiene otro equipo.`,
    needed: 'Nadie tiene que hacerlo: no hay nada abierto al respecto.',
    order_known: (to) =>
      `Nada de lo que usted ve lleva ${to.ref}.${to.meant === '' ? '' : ` ¿Quiso decir ${to.meant}?`} Las referencias se comparan letra a letra.`,
  },
  status: {
    total: (to) => `${to.total}, en ${to.scope}`,
    more: (to) => `${to.count} líneas más: acote con /recon list team:… type:…`,
  },
  order: {
    exceptions: 'Incidencias',
    noException: 'Ninguna incidencia: nada necesita a una persona.',
    documents: 'Documentos',
    noDocument: 'Ningún documento lleva esta referencia.',
    on: (to) => `${to.amount} el ${to.day}`,
    unmatched: 'sin emparejar',
    takenBack: 'retirado por su fuente',
    matched: (to) => `emparejado, ${to.how}`,
    outcomes: { equal: 'igual', excepted: 'con incidencia' },
    unclaimed: (to) => `nadie todavía; es para ${to.team}, donde cualquier miembro puede asumirla`,
    elsewhere: (to) => `En otro equipo: ${to.teams}. Pregunte en su canal.`,
    settled: (to) => `Lo que había está cerrado: /recon order ${to.ref}.`,
    more: (to) => `y ${to.count} más`,
    details: (to) => `Detalles ${to.label}`,
  },
};
