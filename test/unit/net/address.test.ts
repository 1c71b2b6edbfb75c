import { describe, expect, it } from 'vitest';
import { isNetwork } from '../../../src/config/words.ts';
import { isPublicAddress, mayReach } from '../../../src/net/address.ts';

const NOT_OPEN = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'ff02::1',
  'localhost',
  '',
];

describe('an address', () => {
  it.each(NOT_OPEN)('%s is not of the open network', (address) => {
    expect(isPublicAddress(address)).toBe(false);
    expect(mayReach(address, { networks: [], isClear: false })).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '192.169.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
  ])('%s is of the open network', (address) => {
    expect(mayReach(address, { networks: [], isClear: false })).toBe(true);
  });

  it('is reached when its network is named, in any spelling of the address', () => {
    const allowed = { networks: ['10.2.0.0/16', 'fd12::/16'], isClear: false };
    expect(mayReach('10.2.3.4', allowed)).toBe(true);
    expect(mayReach('::ffff:10.2.3.4', allowed)).toBe(true);
    expect(mayReach('::ffff:a02:304', allowed)).toBe(true);
    expect(mayReach('fd12::9', allowed)).toBe(true);
    expect(mayReach('10.3.0.1', allowed)).toBe(false);
  });

  it('that hands out credentials of the machine is never reached', () => {
    const allowed = { networks: ['0.0.0.0/0', '::/0'], isClear: false };
    expect(mayReach('169.254.169.254', allowed)).toBe(false);
    expect(mayReach('::ffff:169.254.169.254', allowed)).toBe(false);
    expect(mayReach('fd00:ec2::254', allowed)).toBe(false);
  });

  it('of the open network is not reached in clear text unless it is named', () => {
    expect(mayReach('1.1.1.1', { networks: ['10.0.0.0/8'], isClear: true })).toBe(false);
    expect(mayReach('10.0.0.1', { networks: ['10.0.0.0/8'], isClear: true })).toBe(true);
  });
});

describe('a network', () => {
  it.each([
    ['10.0.0.0/8', true],
    ['127.0.0.1', true],
    ['fd00::/8', true],
    ['10.0.0.0/33', false],
    ['10.0.0/8', false],
    ['localhost', false],
    ['10.0.0.0/8/8', false],
  ])('%s is one: %s', (text, expected) => {
    expect(isNetwork(text)).toBe(expected);
  });
});
