import type { SpikeCheck } from './spike.ts';

/** Whom to tell when a feed's data is not as it should be. */
export type DataOwner = { readonly kind: 'team' | 'person'; readonly key: string };

/** What is done with a delivery that differs from what was to be expected. */
export type IntakePolicy = {
  /** Undefined: the team of the ownership matrix that owns what nobody else does. */
  readonly owner: DataOwner | undefined;
  /** Breaking changes: the delivery waits for its owner, or its rows are quarantined as far as they break the contract. */
  readonly breaking: 'hold' | 'quarantine';
  readonly spike: 'hold' | 'tell';
  readonly volume: SpikeCheck | undefined;
  readonly value: SpikeCheck | undefined;
};

const USUAL: SpikeCheck = {
  zscore: 3.5,
  minHistory: 8,
  direction: 'both',
  relativeFloor: 0.08,
  floor: 0,
};

/** Half a file is found, a few rows of a small one are not. */
export const VOLUME_CHECK: SpikeCheck = { ...USUAL, floor: 2 };
/** In minor units: a hundred dollars. */
export const VALUE_CHECK: SpikeCheck = { ...USUAL, floor: 10_000 };

export const DEFAULT_POLICY: IntakePolicy = {
  owner: undefined,
  breaking: 'hold',
  spike: 'hold',
  volume: VOLUME_CHECK,
  value: VALUE_CHECK,
};
