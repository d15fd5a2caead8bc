import { BlockList, isIPv4, isIPv6 } from 'node:net';

// Not for the open internet, by the registries of IANA (special-purpose addresses, RFC 6890 and its successors): this network,
// private, shared (CGNAT), loopback, link-local, protocol assignments, documentation, 6to4 relay, benchmarks, multicast, reserved.
const notPublic4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
// Within 2000::/3, which alone is given out: Teredo, ORCHID and other protocol assignments, documentation, 6to4, AS112. What
// carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo) is never taken: it would be a way around the list above.
const notPublic6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const listOf = (family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
};
const blocked4 = listOf('ipv4', notPublic4);
const blocked6 = listOf('ipv6', notPublic6);
const given6 = listOf('ipv6', ['2000::/3']);

/** True for an IP address that anybody on the internet can be reached at. */
export const isPublicAddress = (address: string): boolean => {
  if (isIPv4(address)) return !blocked4.check(address, 'ipv4');
  return isIPv6(address) && !address.includes('%') && given6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6');
};
