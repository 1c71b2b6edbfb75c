export const CLIENTS = [
  'Cedar & Stone Home',
  'Dovetail Furniture',
  'Granite Credit Union',
  'Harbor Coffee',
] as const;

const KINDS = [
  ...['Product page copy', 'Case study', 'Newsletter', 'Landing page', 'Photo shoot', 'Explainer video'],
  ...[
    'White paper',
    'Podcast episode',
    'Social carousel',
    'Trade show banner',
    'Annual report',
    'Blog series',
  ],
];
const SUBJECTS = [
  ...['oak tables', 'spring roast', 'first-time buyers', 'winter lighting', 'mortgage rates', 'cold brew'],
  ...['armchairs', 'student accounts', 'store opening', 'loyalty card', 'kitchen tiles', 'gift sets'],
  ...['small business loans', 'garden furniture', 'fair trade', 'fraud alerts', 'showroom tour'],
];

/** The n-th task, counted from 0; every n below 204 has its own title. */
export const taskTitle = (n: number): string =>
  `${KINDS[n % KINDS.length]}: ${SUBJECTS[(n + Math.floor(n / KINDS.length)) % SUBJECTS.length]}`;
