import type { Catalogue } from '../catalogue.ts';

const exceptions = (count: number): string => `${count} ${count === 1 ? 'Klärfall' : 'Klärfälle'}`;

export const flood: Catalogue['flood'] = {
  title: (to) => `${to.count} × ${to.type}`,
  summary: (to) =>
    `Sie kamen zusammen, ${to.opened}; deshalb zeigt eine Nachricht alle. Team ${to.team}. Jeder ist ein eigener Klärfall mit eigener Zuständigkeit, eigener Frist und eigenem Verlauf.`,
  live: ({ count, money }) => `${exceptions(count)} zu klären, ${money} betroffen`,
  done: 'Alle sind geklärt.',
  labels: { tally: 'Stand', owners: 'Zuständig', top: 'Höchste Beträge', firstDue: 'Zuerst fällig' },
  tally: (to) => `${to.status}: ${to.count}, ${to.money}`,
  owner: (to) => `${to.name}: ${to.count}`,
  moreOwners: (count) => `und ${count} weitere`,
  nobody: 'noch niemand',
  item: (to) =>
    [to.label, to.money, to.client, to.order === undefined ? undefined : `Auftrag ${to.order}`]
      .filter((part) => part !== undefined && part !== '')
      .join(' · '),
  standing: (to) => `${to.status}${to.owner === undefined ? '' : `, ${to.owner}`} · fällig ${to.due}`,
  buttons: {
    claim: 'Übernehmen…',
    resolve: 'Lösen…',
    hand_over: 'Übergeben…',
    list: 'Alle anzeigen',
    accept: 'Alle annehmen',
    decline: 'Alle ablehnen',
    filter: 'Filtern',
    previous: 'Zurück',
    next: 'Weiter',
    continue: 'Fortfahren',
  },
  list: {
    title: 'Alle der Gruppe',
    none: 'Hier passt nichts. Ändern Sie den Filter oder lassen Sie ihn leer.',
    page: (to) => `Seite ${to.page} von ${to.pages}`,
    text: 'Kunde oder Auftrag enthält',
    min: 'Betrag mindestens',
    minWrong: 'Geben Sie einen Betrag wie 1000 oder 99,50 ein, oder lassen Sie das Feld leer.',
  },
  choose: {
    titles: { claim: 'Mehrere übernehmen', resolve: 'Mehrere lösen', hand_over: 'Mehrere übergeben' },
    which: 'Welche?',
    all: (to) => `Alle ${to.count} (${to.money})`,
    ticked: 'Nur die unten angekreuzten',
    tick: 'Klärfälle',
    nothing: {
      claim:
        'Hier ist nichts offen, das Sie übernehmen könnten: Alles ist vergeben, geklärt oder gehört einem anderen Team.',
      resolve:
        'Hier gehört Ihnen nichts, das Sie lösen könnten. Übernehmen Sie zuerst, was Sie klären wollen.',
      hand_over: 'Hier gehört Ihnen nichts, das Sie übergeben könnten. Übernehmen Sie es zuerst.',
    },
    noneTicked: 'Kreuzen Sie mindestens einen an, oder wählen Sie alle.',
    tooMany: (most) => `Einzeln lassen sich höchstens ${most} ankreuzen. Filtern Sie und wählen Sie alle.`,
    kept: (count) => `${count} auf anderen Seiten angekreuzte bleiben angekreuzt.`,
    hint: 'Was jemand anders inzwischen geändert hat, bleibt, wie es ist, und wird am Ende aufgeführt.',
  },
  confirm: {
    titles: {
      claim: 'Übernehmen?',
      resolve: 'Lösen?',
      hand_over: 'Übergeben?',
      accept: 'Annehmen?',
      decline: 'Ablehnen?',
    },
    submit: {
      claim: 'Übernehmen',
      resolve: 'Lösen',
      hand_over: 'Anbieten',
      accept: 'Annehmen',
      decline: 'Ablehnen',
    },
    question: {
      claim: ({ count, money }) => `Sie werden zuständig für ${exceptions(count)}, ${money} betroffen.`,
      resolve: ({ count, money }) =>
        `${exceptions(count)} werden geschlossen, ${money} betroffen. Jeder wird mit seiner eigenen Differenz abgerechnet.`,
      hand_over: ({ count, money }) =>
        `${exceptions(count)}, ${money} betroffen, werden in einer Nachricht angeboten. Sie bleiben zuständig, bis das Angebot angenommen ist.`,
      accept: ({ count, money }) => `Sie werden zuständig für ${exceptions(count)}, ${money} betroffen.`,
      decline: ({ count, money }) =>
        `Sie lehnen ${exceptions(count)} ab, ${money} betroffen. Die Zuständigen behalten sie.`,
    },
    others: (count) => `${count} davon gehören jemand anderem.`,
    declineHint: 'Wer sie angeboten hat, erfährt es.',
  },
  working: {
    title: 'In Arbeit…',
    words: (count) =>
      `${exceptions(count)} werden bearbeitet. Das Ergebnis erscheint hier. Sie können dieses Fenster schließen: Es geht weiter, und die Nachricht der Gruppe zeigt den Stand.`,
  },
  fault: (reference) =>
    `Hier ist etwas schiefgegangen, nicht bei Ihnen. Was Sie bestätigt haben, ist vermerkt: Der Rest wird in wenigen Minuten erledigt, nichts doppelt, und Sie erhalten eine Nachricht. Hören Sie nichts, nennen Sie dem Betrieb die Referenz ${reference}.`,
  result: {
    title: 'Erledigt',
    done: {
      claim: ({ count, money }) => `Sie haben ${exceptions(count)} übernommen, ${money} betroffen.`,
      resolve: ({ count, money }) => `Sie haben ${exceptions(count)} gelöst, ${money} betroffen.`,
      hand_over: ({ count, money }) => `Sie haben ${exceptions(count)} angeboten, ${money} betroffen.`,
      accept: ({ count, money }) => `Sie haben ${exceptions(count)} angenommen, ${money} betroffen.`,
      decline: ({ count, money }) => `Sie haben ${exceptions(count)} abgelehnt, ${money} betroffen.`,
    },
    refused: (count) => `${count} konnten nicht geändert werden und bleiben, wie sie sind:`,
    reason: (to) => `${to.count}: ${to.words}`,
    more: (count) => `und ${count} weitere; „Alle anzeigen“ führt jeden auf.`,
  },
  notice: {
    offered: (to) => `${to.by} bietet Ihnen ${exceptions(to.count)} an: ${to.type}`,
    offeredOnce: (to) => `${to.by} hat Ihnen ${exceptions(to.count)} angeboten: ${to.type}`,
    withdrawn: (to) => `${exceptions(to.count)} werden Ihnen nicht mehr angeboten: ${to.type}`,
    taken: (to) => `${to.by} hat ${exceptions(to.count)} übernommen: ${to.type}`,
    declined: (to) => `${to.by} hat ${exceptions(to.count)} abgelehnt: ${to.type}`,
    done: (to) => `Ihr Auftrag ist erledigt: ${exceptions(to.count)}, ${to.type}`,
    withdrawnBody: (by) => `${by} hat sie gelöst, bevor Sie geantwortet haben.`,
    doneBody: 'Er war unterbrochen und ging von selbst weiter.',
    refused: 'Nicht geändert',
    atStake: 'Es geht um',
    answerUntil: 'Antwort bis',
  },
  offerOver:
    'Dieses Angebot gilt nicht mehr oder ist nicht Ihres. Nichts wurde geändert; sehen Sie in die Nachricht der Gruppe.',
  groupGone:
    'Diese Gruppe gibt es hier nicht mehr. Nichts wurde geändert; nehmen Sie die neueste Nachricht des Kanals.',
};
