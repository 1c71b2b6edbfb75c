import { PLACE_TROUBLES } from '../../src/core/place.ts';
import { renderCard, renderMinimalCard } from '../../src/slack/views/card.ts';
import {
  renderDeliveryLine,
  renderDeliveryNotice,
  renderPointer,
  withPlaceNote,
} from '../../src/slack/views/delivery.ts';
import { detailsModal } from '../../src/slack/views/details.ts';
import { renderClassicDigest, renderDigest } from '../../src/slack/views/digest.ts';
import { inert } from '../../src/slack/views/escape.ts';
import { minimalGroup, renderGroup } from '../../src/slack/views/group.ts';
import { homeView, homeWords } from '../../src/slack/views/home.ts';
import { explanationIn } from './hostile-explanation.ts';
import { digestIn, factsIn, groupIn, historyIn, holdsIn, memberIn, pageIn } from './hostile-facts.ts';
import type { Fill } from './hostile-fill.ts';
import type { Render } from './hostile-surfaces.ts';

const detailsIn = (fill: Fill) => ({
  facts: factsIn(fill),
  members: fill.many(40, () => memberIn(fill)),
  history: fill.many(30, () => historyIn(fill)),
  explanation: explanationIn(fill),
});

const viewerIn = (fill: Fill) => ({
  personId: fill.id(),
  key: 'ana',
  name: fill.text(),
  isActive: true,
  roles: [],
  teams: fill.many(30, fill.text),
  slackLocale: null,
  slackZone: null,
});

/** What stands in channels and on Home: cards, groups, digests, pointers. */
export const CARDS = {
  'card#renderCard': (fill, reader) => renderCard(factsIn(fill), reader),
  'card#renderMinimalCard': (fill, reader) => renderMinimalCard(factsIn(fill), reader),
  'group#renderGroup': (fill, reader) => renderGroup(groupIn(fill), reader),
  'group#minimalGroup': (fill, reader) => minimalGroup(renderGroup(groupIn(fill), reader)),
  'details#detailsModal': (fill, reader) => detailsModal(detailsIn(fill), { reader, page: fill.whole(4) }),
  'delivery#renderPointer': (fill, reader) =>
    renderPointer(reader, { label: fill.maybe(), channelId: fill.maybe() }),
  'delivery#withPlaceNote': (fill, reader) =>
    withPlaceNote(renderCard({ ...factsIn(fill), history: [] }, reader), reader, {
      channel: fill.text(),
      trouble: fill.pick(PLACE_TROUBLES),
    }),
  'delivery#renderDeliveryLine deleted': (_, reader) => renderDeliveryLine({ delivery: 'deleted' }, reader),
  'delivery#renderDeliveryLine moved': (fill, reader) =>
    renderDeliveryLine(
      { delivery: 'moved', from: fill.text(), trouble: fill.pick([null, ...PLACE_TROUBLES]) },
      reader,
    ),
  'delivery#renderDeliveryNotice channel_lost': (fill, reader) =>
    renderDeliveryNotice(
      {
        delivery: 'channel_lost',
        team: fill.text(),
        channel: fill.text(),
        trouble: fill.pick(PLACE_TROUBLES),
        hasStandIn: fill.yes(),
      },
      reader,
    ),
  'delivery#renderDeliveryNotice channel_back': (fill, reader) =>
    renderDeliveryNotice({ delivery: 'channel_back', team: fill.text(), channel: fill.text() }, reader),
  'delivery#renderDeliveryNotice person_left': (fill, reader) =>
    renderDeliveryNotice({ delivery: 'person_left', name: fill.text(), given: fill.whole(9) }, reader),
  'delivery#renderDeliveryNotice rehomed': (fill, reader) =>
    renderDeliveryNotice(
      { delivery: 'rehomed', team: fill.text(), count: 1 + fill.whole(9), isYours: fill.yes() },
      reader,
    ),
  'digest#renderDigest team': (fill, reader) =>
    renderDigest(digestIn(fill, { kind: 'team', name: fill.text() }), reader),
  'digest#renderDigest clients': (fill, reader) =>
    renderDigest(digestIn(fill, { kind: 'clients', clients: fill.many(30, fill.text) }), reader),
  'digest#renderDigest visible': (fill, reader) =>
    renderDigest(
      digestIn(fill, {
        kind: 'visible',
        team: fill.maybe(),
        seesAll: fill.yes(),
        teams: fill.many(30, fill.text),
      }),
      reader,
    ),
  'digest#renderClassicDigest team': (fill, reader) =>
    renderClassicDigest(digestIn(fill, { kind: 'team', name: fill.text() }), reader),
  'digest#renderClassicDigest clients': (fill, reader) =>
    renderClassicDigest(digestIn(fill, { kind: 'clients', clients: fill.many(30, fill.text) }), reader),
  'home#homeView': (fill, reader) =>
    homeView(
      { viewer: viewerIn(fill), mine: pageIn(fill), unclaimed: pageIn(fill), holds: holdsIn(fill, 5) },
      { reader, updatedAt: fill.instant() },
    ),
  'home#homeWords': (fill) => homeWords(`I do not know you: ${inert(fill.text(), 3_500)}`),
} as const satisfies Record<string, Render>;
