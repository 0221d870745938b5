import { BlockList, isIP } from 'node:net'
import type { Context } from 'hono'

const NEARBY = new BlockList()
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16]
] as const) {
  NEARBY.addSubnet(net, bits, 'ipv4')
}
NEARBY.addAddress('::1', 'ipv6')
NEARBY.addSubnet('fc00::', 7, 'ipv6')

/** What the server that runs us tells of a connection: Node's socket, or Cloudflare's header. */
interface Bindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
}

/** Who a request comes from, by its connection and headers: see clientAddress. */
export function addressOf(http: Context): string {
  const { incoming } = (http.env ?? {}) as Bindings
  return clientAddress(
    incoming?.socket?.remoteAddress ?? http.req.header('cf-connecting-ip'),
    http.req.header('x-forwarded-for')
  )
}

/**
 * Who a request comes from, as one text: an IPv4 address, or the /64 network of an IPv6 one. A proxy nearby (loopback
 * or private address) is believed about whom it forwards for, but only the last entry, which it wrote itself.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined): string {
  const direct = plain(peer ?? '')
  const forwarded = plain(forwardedFor?.split(',').at(-1)?.trim() ?? '')
  const address = isNearby(direct) && isIP(forwarded) ? forwarded : direct
  return isIP(address) === 6 ? network64(address) : address || 'unknown'
}

function isNearby(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && NEARBY.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** "::ffff:192.0.2.1" is an IPv4 address seen through an IPv6 socket. */
function plain(address: string): string {
  return address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')
}

function network64(address: string): string {
  const [left = '', right = ''] = address.split('::')
  const head = left.split(':').filter(Boolean)
  const tail = right.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0')
  const groups = address.includes('::') ? [...head, ...zeros, ...tail] : head
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
