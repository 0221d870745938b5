import { lookup } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { AddressRefused, type PostWebhook, type WebhookAnswer, type WebhookRequest } from './sender.ts'

/** Networks that no other system of a shop is in: our own host and its neighbours, cloud metadata, multicast. */
const INSIDE = new BlockList()
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16]
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3]
  ] as const)
] as const)
  INSIDE.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8]
] as const)
  INSIDE.addSubnet(net, bits, 'ipv6')

/** Whether an address is inside a network of our own. A mapped one ("::ffff:10.0.0.1") is what it maps. */
export function isInside(address: string): boolean {
  const kind = isIP(address)
  return kind === 0 || INSIDE.check(address, kind === 4 ? 'ipv4' : 'ipv6')
}

/**
 * Posts from Node to public addresses alone. They are looked at where the connection is made, on the very address that is
 * used: a name that is resolved anew leads nowhere else. `loopback` lets http and this very machine through, to play with.
 */
export function nodePost({ loopback }: { readonly loopback: boolean }): PostWebhook {
  return async (url, request) => {
    const target = new URL(url)
    const host = target.hostname.replace(/^\[|\]$/g, '')
    const isOwn = loopback && (host === 'localhost' || host === '127.0.0.1' || host === '::1')
    if (target.protocol !== 'https:' && !(isOwn && target.protocol === 'http:'))
      throw new AddressRefused('a webhook goes to https:// alone')
    if (!isOwn && isIP(host) !== 0 && isInside(host)) throw inside(host)
    return send(target, request, isOwn ? undefined : lookupOutside)
  }
}

const lookupOutside: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) return callback(error, '', 0)
    if (addresses.some(({ address }) => isInside(address))) return callback(inside(hostname), '', 0)
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
  })
}

function inside(host: string): AddressRefused {
  return new AddressRefused(`${host} is an address inside a network of our own: nothing is sent there`)
}

function send(
  url: URL,
  { headers, body, signal }: WebhookRequest,
  resolve: LookupFunction | undefined
): Promise<WebhookAnswer> {
  const start = url.protocol === 'https:' ? requestHttps : requestHttp
  const length = { 'content-length': String(Buffer.byteLength(body)) }
  const options = { method: 'POST', headers: { ...headers, ...length }, signal, ...(resolve && { lookup: resolve }) }
  return new Promise((answered, failed) => {
    const sent = start(url, options, (answer) => {
      // What else it says is nobody's to read.
      answer.destroy()
      answered({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] })
    })
    sent.on('error', failed)
    sent.end(body)
  })
}
