export const CLIENTS = ['Alder Outdoor', 'Bluebird Insurance', 'Ember Fitness', 'Fernway Travel'] as const;

export const OWNERS = ['Mira Solberg', 'Jonas Pike', 'Tess Arden', 'Omar Haddad', 'Lena Voss'] as const;

export const CAMPAIGNS = ['Autumn Search', 'Retargeting', 'Local Social', 'Webinar Series'] as const;

const FIRST = [
  ...['Anna', 'Boris', 'Clara', 'Dario', 'Elif', 'Frank', 'Greta', 'Hakan', 'Ines', 'Jakob'],
  ...['Keiko', 'Louis', 'Marta', 'Nils', 'Olive', 'Pedro', 'Quinn', 'Ruth', 'Sofia', 'Tomas'],
];
const LAST = [
  ...['Abbott', 'Brandt', 'Castillo', 'Doyle', 'Eriksen', 'Fontaine', 'Gallagher', 'Hoffmann', 'Ibarra'],
  ...['Jankowski', 'Kramer', 'Lindholm', 'Moretti', 'Nakamura', 'Osborne', 'Pavlov', 'Quintero'],
  ...['Rossi', 'Sandoval', 'Thornton', 'Ulrich', 'Vasquez', 'Whitaker'],
];
const STEMS = [
  ...['Amber', 'Birch', 'Copper', 'Delta', 'Elm', 'Falcon', 'Granite', 'Hazel', 'Indigo', 'Juniper'],
  ...['Kestrel', 'Lark', 'Maple', 'Nimbus', 'Orchid', 'Pioneer', 'Quarry', 'Raven', 'Summit', 'Thistle'],
];
const TRADES = [
  'Logistics',
  'Dental',
  'Bakery',
  'Textiles',
  'Roofing',
  'Software',
  'Optics',
  'Legal',
  'Freight',
];

/** The n-th person, counted from 0; every n below 460 has its own name. */
export const personName = (n: number): string =>
  `${FIRST[n % FIRST.length]} ${LAST[(n + Math.floor(n / FIRST.length)) % LAST.length]}`;

/** The n-th company, counted from 0; every n below 180 has its own name. */
export const companyName = (n: number): string =>
  `${STEMS[n % STEMS.length]} ${TRADES[(n + Math.floor(n / STEMS.length)) % TRADES.length]}`;

const slug = (text: string): string => text.toLowerCase().replaceAll(' ', '.');

export const emailOf = (person: string, company: string): string =>
  `${slug(person)}@${slug(company).replaceAll('.', '-')}.example`;

/** Where somebody can be reached at home. */
export const privateEmailOf = (person: string): string => `${slug(person)}@mail.example`;
