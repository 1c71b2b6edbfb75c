import { BlockList, isIP } from 'node:net';

/** What the registries of special addresses (RFC 6890 and its successors) keep for other uses than the open network. */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Parts of 2000::/3 that are not the open network, or carry an IPv4 address inside (6to4, Teredo). */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** Where clouds hand out the credentials of the machine: never asked, whatever the configuration allows. */
const METADATA = ['169.254.169.254', '169.254.170.2', '100.100.100.200', 'fd00:ec2::254'];

const special = blockList([...SPECIAL_V4, ...SPECIAL_V6]);
const global = blockList(['2000::/3']);
const metadata = blockList(METADATA);

/** Whether the address is one of the open network: not of this machine, a private network, a link, or a special use. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  if (family === 6) return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
  return false;
}

/**
 * Whether a request may go to this address: one of the open network, or of the networks that the configuration names. In
 * clear text only the latter, since anybody on the way reads along.
 */
export function mayReach(
  address: string,
  { networks, isClear }: { networks: readonly string[]; isClear: boolean },
): boolean {
  const plain = unmapped(address);
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(plain) === 0 || metadata.check(plain, family)) return false;
  if (!isClear && isPublicAddress(plain)) return true;
  return networks.length > 0 && blockList(networks).check(plain, family);
}

/** `::ffff:10.0.0.1` (also as `::ffff:a00:1`) is 10.0.0.1, and is judged as that. */
function unmapped(address: string): string {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return list;
}
