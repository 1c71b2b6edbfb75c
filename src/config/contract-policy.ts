import {
  type DataOwner,
  DEFAULT_POLICY,
  type IntakePolicy,
  VALUE_CHECK,
  VOLUME_CHECK,
} from '../core/intake/policy.ts';
import type { SpikeCheck } from '../core/intake/spike.ts';
import { suggestion } from '../core/nearest-word.ts';
import type { FeedFile } from './schema-feed.ts';
import type { OrganisationFile } from './schema-organisation.ts';
import type { YamlSource } from './yaml.ts';

type Known = Pick<OrganisationFile, 'teams' | 'people' | 'ownership'> | undefined;
type Given = {
  readonly zscore?: number | undefined;
  readonly min_history?: number | undefined;
  readonly direction?: SpikeCheck['direction'] | undefined;
  readonly relative?: number | undefined;
  readonly floor?: number | undefined;
};

/** What a feed file says is done with deliveries that are not as usual, after noting on `source` an owner that nobody is. */
export function toPolicy(file: FeedFile, source: YamlSource, known: Known): IntakePolicy {
  const { checks = {} } = file;
  const isOff = checks === 'off';
  return {
    owner: ownerOf(file, source, known),
    breaking: file.drift ?? DEFAULT_POLICY.breaking,
    spike: isOff ? 'tell' : (checks.spike ?? DEFAULT_POLICY.spike),
    volume: isOff ? undefined : toCheck(checks.volume, VOLUME_CHECK),
    value: isOff ? undefined : toCheck(checks.value, VALUE_CHECK),
  };
}

function toCheck(given: 'off' | Given | undefined, usual: SpikeCheck): SpikeCheck | undefined {
  if (given === 'off') return undefined;
  return {
    zscore: given?.zscore ?? usual.zscore,
    minHistory: given?.min_history ?? usual.minHistory,
    direction: given?.direction ?? usual.direction,
    relativeFloor: given?.relative ?? usual.relativeFloor,
    floor: given?.floor ?? usual.floor,
  };
}

/** A team before a person of the same name; without one, the team that owns what no other row of the matrix does. */
function ownerOf({ owner }: FeedFile, source: YamlSource, known: Known): DataOwner | undefined {
  if (known === undefined) return undefined;
  if (owner === undefined) {
    const last = known.ownership.at(-1);
    return last && { kind: 'team', key: last.team };
  }
  if (Object.hasOwn(known.teams, owner)) return { kind: 'team', key: owner };
  if (Object.hasOwn(known.people, owner)) return { kind: 'person', key: owner };
  const names = [...Object.keys(known.teams), ...Object.keys(known.people)];
  source.problem(
    ['owner'],
    `"${owner}" is neither a team nor a person of tieout.yaml${suggestion(owner, names)}`,
  );
  return undefined;
}
