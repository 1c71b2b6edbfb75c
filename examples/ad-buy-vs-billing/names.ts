export const CLIENTS = [
  'Alder Outdoor',
  'Bluebird Insurance',
  'Cedar & Stone Home',
  'Dovetail Furniture',
  'Ember Fitness',
  'Fernway Travel',
  'Granite Credit Union',
  'Harbor Coffee',
] as const;

/** Vendors that run the ads, and the prefix of the invoices they send. */
export const PLATFORMS = [
  { name: 'Beacon Search', prefix: 'BS' },
  { name: 'Plaza Social', prefix: 'PS' },
  { name: 'Roadside Digital', prefix: 'RD' },
  { name: 'StreamNorth TV', prefix: 'SN' },
  { name: 'Wavelength Audio', prefix: 'WA' },
] as const;

export type Platform = (typeof PLATFORMS)[number];

const THEMES = [
  'Harvest Sale',
  'Back to School',
  'Brand Lift',
  'New Arrivals',
  'Loyalty Launch',
  'Summer Finale',
];
const AUDIENCES = ['Prospecting', 'Retargeting', 'Local', 'Families', 'Students'];

/** The n-th campaign of a client, counted from 0; every n has its own name. */
export function campaignName(n: number): string {
  const theme = THEMES[n % THEMES.length];
  const audience = AUDIENCES[(n + Math.floor(n / THEMES.length)) % AUDIENCES.length];
  const wave = Math.floor(n / (THEMES.length * AUDIENCES.length)) + 1;
  return wave === 1 ? `${theme} ${audience}` : `${theme} ${audience} ${wave}`;
}
