import type { Catalogue } from '../catalogue.ts';

export const operations: Catalogue['operations'] = {
  more: (to) => `y ${to.count} más`,
  ages: {
    moment: 'menos de un minuto',
    minutes: (to) => `${to.count} min`,
    hours: (to) => `${to.count} h`,
    days: (to) => `${to.count} d`,
  },
  sla: {
    title: 'Vencimientos',
    none: (to) => `Nada ha vencido ni vence antes de ${to.until}, en ${to.scope}.`,
    total: (to) => `${to.overdue} vencidas, ${to.soon} vencen antes de ${to.until}, en ${to.scope}`,
    nobody: 'nadie todavía',
    row: (to) => `${to.who}: ${to.overdue} vencidas, ${to.soon} vencen pronto, ${to.money}`,
    since: (to) => `la más antigua desde hace ${to.age}, desde ${to.at}`,
    first: (to) => `la primera ${to.at}`,
  },
  rules: {
    title: 'Reglas',
    none: 'No hay ninguna conciliación configurada. Las reglas están en la carpeta reconciliations de la configuración.',
    unknown: (to) =>
      `No existe la conciliación «${to.typed}»${to.near === undefined ? `; se conocen: ${to.known}.` : `; ¿quiso decir «${to.near}»?`}`,
    version: (to) => `versión ${to.version} del ${to.at}`,
    unrecorded: 'aún sin registrar',
    sides: (to) =>
      `Compara ${to.expected} (esperado) con ${to.actual} (real) en ${to.currency}, días en ${to.zone}`,
    duplicate: (to) => `${to.feed} repetidas (mismos ${to.fields}): ${to.type}, ${to.severity}`,
    pass: (to) => `Pasada ${to.position}, ${to.name}: ${to.on} (${to.how})`,
    similar: (to) => `Pasada ${to.position}, ${to.name}: semejantes en ${to.on}, con igual ${to.within}`,
    combine: (to) =>
      `Pasada ${to.position}, ${to.name}: el único conjunto de hasta ${to.items}, entre ${to.pool} como máximo, que suma exacto, con igual ${to.within}`,
    decides: (to) =>
      `Lo semejante se acepta desde ${to.auto} y ${to.margin} bits de ventaja, se sugiere desde ${to.suggest}`,
    credits: (to) => `Los abonos son las líneas en que ${to.field} es ${to.value}`,
    settles: (to) => `${to.id}: se cierra cuando ${to.expect}, como ${to.reason}`,
    tells: (to) => `avisa a ${to.team}`,
    raises: (to) => `${to.id}: salvo que ${to.expect}, ${to.severity}, como ${to.reason}`,
    missingActual: (to) => `Nada en el lado real tras ${to.days} días: ${to.type}, ${to.severity}`,
    missingExpected: (to) => `Nada en el lado esperado tras ${to.days} días: ${to.type}, ${to.severity}`,
    routes: (to) => `${to.type} va a ${to.team}, en ${to.sla} (${to.source})`,
    more: 'Las reglas se cambian en los archivos de la configuración. Una sola: /recon rules y su nombre.',
    severities: {
      auto_resolve: 'se cierra sola',
      manual_review: 'necesita revisión',
      block_payout: 'bloquea el pago',
    },
  },
  run: {
    title: 'Últimas ejecuciones',
    none: 'Aún no se ha ejecutado nada. Un operador lo inicia: tieout run.',
    head: (to) =>
      `${to.status}${to.mode === '' ? '' : ` en modo ${to.mode}`}, iniciada ${to.started}, con fecha ${to.cutoff}`,
    statuses: {
      running: 'en curso',
      applied: 'aplicada',
      unchanged: 'sin cambios',
      failed: 'fallida',
    },
    unfinished: 'sin terminar',
    problem: 'Avise a un operador; la próxima ejecución lo intenta de nuevo.',
    counts: {
      expected: 'registros esperados',
      actual: 'registros reales',
      matches: 'emparejamientos nuevos',
      autoResolved: 'cerrados por regla',
      open: 'incidencias abiertas',
      update: 'cambiadas',
      reopen: 'reabiertas',
      clear: 'despejadas',
    },
  },
  audit: {
    title: 'Registro de auditoría',
    events: (to) => `${to.count} eventos, el último ${to.hash}…`,
    noAnchor: 'Ninguna copia de su final ha salido aún de la base de datos: tieout audit anchor hace una.',
    anchor: (to) =>
      `Último anclaje: evento ${to.seq}, hace ${to.age} (${to.at}), ${to.place}; ${to.since} eventos desde entonces`,
    verify:
      'Esto solo mira el final. La cadena entera la recorre /recon audit verify, y también tieout audit verify.',
    proversOnly:
      'Solo los administradores y auditores pueden hacer probar todo el registro: lleva su tiempo. Pregunte a uno de ellos, o mire /recon audit.',
    intact: (to) =>
      `Intacto: ${to.count} eventos recorridos. Cada huella y cada eslabón encajan, y cada incidencia se deduce de ellos.`,
    complete: (to) =>
      `Completo hasta el evento ${to.seq}, el anclaje más reciente fuera de la base de datos.`,
    notComplete:
      'Que no se haya cortado el final NO está probado: no hay ningún anclaje fuera de la base de datos. tieout audit anchor hace uno.',
    changed: (to) =>
      `ALTERADO: ${to.events} eventos recorridos, problemas encontrados: ${to.count}. No escriba nada más y deje la base de datos como está; docs/operations.md dice qué hacer.`,
  },
  quarantine: {
    title: 'Cuarentena',
    none: 'No se aparta nada: cada fila recibida es un registro.',
    noFeed: (to) => {
      const meant = to.near === undefined ? `; se conocen: ${to.known}.` : `; ¿quiso decir «${to.near}»?`;
      return `No existe la fuente «${to.typed}»${meant}`;
    },
    hidden:
      'Las filas mismas se muestran a responsables de operaciones, administradores, finanzas y auditores.',
    newest: 'Las más recientes',
    line: (to) => `${to.delivery} línea ${to.line}`,
    wayOut:
      'Con sus bytes: tieout quarantine. Corríjalas en el origen y entréguelas de nuevo; o corrija el contrato, y después: tieout quarantine replay',
  },
  doctor: {
    title: 'Diagnóstico',
    adminsOnly:
      'Solo los administradores pueden pedir el diagnóstico: habla de tokens y canales. Pregunte a uno, o vea /recon status.',
    states: { ok: 'bien', skipped: 'sin mirar', failed: 'MAL' },
    healthy: 'No hay nada mal.',
    wrong: (to) => `Por arreglar: ${to.count}.`,
    fix: (to) => `Solución: ${to.fix}`,
    dead: (to) => `Mensajes abandonados: ${to.count}`,
    letter: (to) =>
      `${to.what} para ${to.address}: ${to.reason}, tras ${to.attempts} intentos, escrito el ${to.at}`,
    kinds: {
      card: 'tarjeta',
      group: 'tarjeta de grupo',
      reply: 'línea de un hilo',
      notice: 'aviso',
      digest: 'resumen',
    },
    wayOut:
      'Aquello de lo que hablan está registrado: /recon list. Arregle la causa; después un operador los envía de nuevo: tieout outbox retry',
    notHere:
      'El entorno, la dirección de las peticiones y el reloj de las peticiones de Slack los mira: tieout doctor',
  },
};
