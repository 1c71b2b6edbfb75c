import { exceptionsRoute } from './exceptions.ts';
import { holdsRoute } from './holds.ts';
import { ownersRoute } from './owners.ts';
import type { Route } from './route.ts';

/** Everything the API answers. A line here is a served route, its checks, and its description in openapi.json. */
export const ROUTES: readonly Route[] = [holdsRoute, ownersRoute, exceptionsRoute];
