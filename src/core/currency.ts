/**
 * The active ISO 4217 codes and their exponents. Intl is not used: CLDR disagrees with ISO 4217 for 18 currencies
 * (HUF, IDR, COP … have two decimals in the standard and none in CLDR), and a wrong exponent is a wrong amount.
 */
const TWO_DECIMALS = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD
HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU
MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK
SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG
YER ZAR ZMW ZWG`;
const OTHERS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ...TWO_DECIMALS.split(/\s+/).map((code): [string, number] => [code, 2]),
  ...Object.entries(OTHERS).flatMap(([exponent, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(exponent)]),
  ),
]);

/** How many decimals the currency has (USD 2, JPY 0, KWD 3); undefined when the code is not an active ISO 4217 one. */
export const currencyExponent = (code: string): number | undefined => EXPONENTS.get(code);

/** Every known code with its exponent, in code order; the migration's reference table is tested equal to it. */
export const allCurrencies = (): readonly (readonly [string, number])[] =>
  [...EXPONENTS].sort(([a], [b]) => (a < b ? -1 : 1));
