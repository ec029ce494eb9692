import { BlockList, isIP } from 'node:net';

/**
 * `public`: global unicast. `private`: this machine's or an inner network's, allowed where a rule says so.
 * `never`: nothing a revocation server can have, or an address that hides another one.
 */
export type AddressKind = 'public' | 'private' | 'never';

type Subnet = readonly [network: string, prefix: number];

/** Loopback, RFC 1918, carrier-grade NAT (RFC 6598), benchmarking (RFC 2544). */
const private4: readonly Subnet[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
];

/** IANA special-purpose registry: this network, link-local (cloud metadata), protocol, documentation, 6to4 relay, multicast, reserved. */
const never4: readonly Subnet[] = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Loopback and unique local addresses (RFC 4193). */
const private6: readonly Subnet[] = [
  ['::1', 128],
  ['fc00::', 7],
];

/** All that is handed out for global unicast (RFC 4291 §2.4): IPv4-mapped, -compatible and NAT64 forms lie outside. */
const global6: readonly Subnet[] = [['2000::', 3]];

/** In it: protocol assignments with Teredo and ORCHID, documentation, 6to4: they hide an IPv4 address or lead nowhere. */
const never6: readonly Subnet[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

function listOf(subnets: readonly Subnet[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}

const v4 = { inner: listOf(private4, 'ipv4'), never: listOf(never4, 'ipv4') };
const v6 = {
  inner: listOf(private6, 'ipv6'),
  never: listOf(never6, 'ipv6'),
  global: listOf(global6, 'ipv6'),
};

/** Judges an address as a resolver gives it. What is not an address in numbers, or has a zone, is `never`. */
export function addressKind(address: string): AddressKind {
  // A zone names an interface of this machine: link-local by nature (RFC 4007).
  if (address.includes('%')) return 'never';
  switch (isIP(address)) {
    case 4:
      if (v4.never.check(address, 'ipv4')) return 'never';
      return v4.inner.check(address, 'ipv4') ? 'private' : 'public';
    case 6:
      if (v6.inner.check(address, 'ipv6')) return 'private';
      return v6.global.check(address, 'ipv6') && !v6.never.check(address, 'ipv6') ? 'public' : 'never';
    default:
      return 'never';
  }
}
