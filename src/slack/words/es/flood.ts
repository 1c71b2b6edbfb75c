import type { Catalogue } from '../catalogue.ts';

const exceptions = (count: number): string => `${count} ${count === 1 ? 'incidencia' : 'incidencias'}`;

export const flood: Catalogue['flood'] = {
  title: (to) => `${to.count} × ${to.type}`,
  summary: (to) =>
    `Llegaron juntas, ${to.opened}, por eso un solo mensaje las muestra todas. Equipo ${to.team}. Cada una es una incidencia propia, con su responsable, su plazo y su historial.`,
  live: ({ count, money }) => `${exceptions(count)} por resolver, ${money} en juego`,
  done: 'Todas están resueltas.',
  labels: {
    tally: 'Situación',
    owners: 'Responsables',
    top: 'Importes mayores',
    firstDue: 'Primer vencimiento',
  },
  tally: (to) => `${to.status}: ${to.count}, ${to.money}`,
  owner: (to) => `${to.name}: ${to.count}`,
  moreOwners: (count) => `y ${count} más`,
  nobody: 'nadie todavía',
  item: (to) =>
    [to.label, to.money, to.client, to.order === undefined ? undefined : `pedido ${to.order}`]
      .filter((part) => part !== undefined && part !== '')
      .join(' · '),
  standing: (to) => `${to.status}${to.owner === undefined ? '' : `, ${to.owner}`} · vence ${to.due}`,
  buttons: {
    claim: 'Asumir…',
    resolve: 'Resolver…',
    hand_over: 'Traspasar…',
    list: 'Mostrar todas',
    accept: 'Aceptar todas',
    decline: 'Rechazar todas',
    filter: 'Filtrar',
    previous: 'Anterior',
    next: 'Siguiente',
    continue: 'Continuar',
  },
  list: {
    title: 'Todas las del grupo',
    none: 'Aquí no hay coincidencias. Cambie el filtro o déjelo vacío.',
    page: (to) => `Página ${to.page} de ${to.pages}`,
    text: 'Cliente o pedido contiene',
    min: 'En juego, como mínimo',
    minWrong: 'Escriba un importe como 1000 o 99,50, o déjelo vacío.',
  },
  choose: {
    titles: { claim: 'Asumir varias', resolve: 'Resolver varias', hand_over: 'Traspasar varias' },
    which: '¿Cuáles?',
    all: (to) => `Las ${to.count} (${to.money})`,
    ticked: 'Solo las marcadas abajo',
    tick: 'Incidencias',
    nothing: {
      claim:
        'Aquí no hay nada abierto que usted pueda asumir: todo tiene responsable, está resuelto o es de otro equipo.',
      resolve: 'Aquí no hay nada suyo que resolver. Asuma primero lo que quiera resolver.',
      hand_over: 'Aquí no hay nada suyo que traspasar. Asuma primero lo que quiera traspasar.',
    },
    noneTicked: 'Marque al menos una o elija todas.',
    tooMany: (most) => `Solo se pueden marcar ${most} una a una. Acote el filtro y elija todas.`,
    kept: (count) => `${count} marcadas en otras páginas siguen marcadas.`,
    hint: 'Lo que otra persona haya cambiado entretanto queda como está y se enumera al final.',
  },
  confirm: {
    titles: {
      claim: '¿Asumir?',
      resolve: '¿Resolver?',
      hand_over: '¿Traspasar?',
      accept: '¿Aceptar?',
      decline: '¿Rechazar?',
    },
    submit: {
      claim: 'Asumir',
      resolve: 'Resolver',
      hand_over: 'Ofrecer',
      accept: 'Aceptar',
      decline: 'Rechazar',
    },
    question: {
      claim: ({ count, money }) => `Usted pasa a ser responsable de ${exceptions(count)}, ${money} en juego.`,
      resolve: ({ count, money }) =>
        `Se cerrarán ${exceptions(count)}, ${money} en juego. Cada una se liquida por su propia diferencia.`,
      hand_over: ({ count, money }) =>
        `${exceptions(count)}, ${money} en juego, se ofrecerán en un solo mensaje. Usted sigue siendo responsable hasta que se acepte la oferta.`,
      accept: ({ count, money }) =>
        `Usted pasa a ser responsable de ${exceptions(count)}, ${money} en juego.`,
      decline: ({ count, money }) =>
        `Usted rechaza ${exceptions(count)}, ${money} en juego. Sus responsables las conservan.`,
    },
    others: (count) => `${count} de ellas son de otra persona.`,
    declineHint: 'Se avisa a quien las ofreció.',
  },
  working: {
    title: 'En curso…',
    words: (count) =>
      `Se están procesando ${exceptions(count)}. El resultado aparecerá aquí. Puede cerrar esta ventana: el trabajo continúa y el mensaje del grupo muestra el avance.`,
  },
  fault: (reference) =>
    `Algo ha fallado aquí, no por su parte. Lo que confirmó queda guardado: el resto se hará en unos minutos, nada dos veces, y se le avisará. Si no recibe noticias, indique a un operador la referencia ${reference}.`,
  result: {
    title: 'Hecho',
    done: {
      claim: ({ count, money }) => `Ha asumido ${exceptions(count)}, ${money} en juego.`,
      resolve: ({ count, money }) => `Ha resuelto ${exceptions(count)}, ${money} en juego.`,
      hand_over: ({ count, money }) => `Ha ofrecido ${exceptions(count)}, ${money} en juego.`,
      accept: ({ count, money }) => `Ha aceptado ${exceptions(count)}, ${money} en juego.`,
      decline: ({ count, money }) => `Ha rechazado ${exceptions(count)}, ${money} en juego.`,
    },
    refused: (count) => `${count} no se pudieron cambiar y quedan como están:`,
    reason: (to) => `${to.count}: ${to.words}`,
    more: (count) => `y ${count} más; «Mostrar todas» las enumera.`,
  },
  notice: {
    offered: (to) => `${to.by} le ofrece ${exceptions(to.count)}: ${to.type}`,
    offeredOnce: (to) => `${to.by} le ofreció ${exceptions(to.count)}: ${to.type}`,
    withdrawn: (to) => `Ya no se le ofrecen ${exceptions(to.count)}: ${to.type}`,
    taken: (to) => `${to.by} ha asumido ${exceptions(to.count)}: ${to.type}`,
    declined: (to) => `${to.by} ha rechazado ${exceptions(to.count)}: ${to.type}`,
    done: (to) => `Lo que pidió está hecho: ${exceptions(to.count)}, ${to.type}`,
    withdrawnBody: (by) => `${by} las resolvió antes de que usted respondiera.`,
    doneBody: 'Se interrumpió y continuó por sí solo.',
    refused: 'Sin cambios',
    atStake: 'En juego',
    answerUntil: 'Responder antes de',
  },
  offerOver: 'Esta oferta ya no es válida o no es suya. No ha cambiado nada; consulte el mensaje del grupo.',
  groupGone: 'Este grupo ya no existe aquí. No ha cambiado nada; use el mensaje más reciente del canal.',
};
