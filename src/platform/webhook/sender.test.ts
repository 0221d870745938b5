import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../core/ids.ts'
import { DeliveryError, type OutboxRow, type RecordAttempt } from '../queue/types.ts'
import type { Scope } from '../scope.ts'
import { isInside, nodePost } from './node-post.ts'
import { fetchWebhook, type PostWebhook, webhookSender } from './sender.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const got: { headers: IncomingHttpHeaders; body: string; path: string }[] = []
let answer: { status: number; headers?: Record<string, string> }
const server = createServer(async (request, response) => {
  got.push({ headers: request.headers, body: await text(request), path: request.url ?? '' })
  response.writeHead(answer.status, answer.headers).end('{"any":"thing"}')
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
afterAll(() => void server.close())
beforeEach(() => {
  got.length = 0
  answer = { status: 200 }
})

const scope = {} as Scope
const attempt: RecordAttempt = (_, call) => call()
const row = (url: string, id = newId()): OutboxRow => ({
  ...{ id, key: 'k', customerId: undefined, cause: 'c', attempts: 1, createdAt: new Date(), earlier: [] },
  payload: JSON.stringify({ url, body: '{"type":"flow.webhook","ja":"あ"}' })
})
const send = (
  url: string,
  { secret = SECRET, post = nodePost({ loopback: true }) }: { secret?: string; post?: PostWebhook } = {}
) => webhookSender({ secret, post }).send(scope, row(url), attempt)
const refusal = (sent: Promise<unknown>) =>
  sent.then(
    () => expect.unreachable(),
    (error: unknown) => {
      if (!(error instanceof DeliveryError)) throw error
      return { retry: error.retry, answered: error.answered, status: error.status, after: error.retryAfterSeconds }
    }
  )

test.each([
  ['on Node', nodePost({ loopback: true })],
  ['by fetch', fetchWebhook]
])('what is sent %s is what was signed, as Standard Webhooks says', async (_, post) => {
  expect(await send(`${origin}/hooks?a=1`, { post })).toEqual({ outcome: 'delivered' })
  const [{ headers, body, path } = { headers: {}, body: '', path: '' }] = got
  expect(path).toBe('/hooks?a=1')
  expect(headers['content-type']).toBe('application/json')
  expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toEqual({
    type: 'flow.webhook',
    ja: 'あ'
  })
  expect(() => new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>)).toThrow()
})

test('each try has the same id, by which the receiver knows it', async () => {
  const sender = webhookSender({ secret: SECRET, post: nodePost({ loopback: true }) })
  const id = newId()
  for (let tries = 0; tries < 2; tries += 1) await sender.send(scope, row(origin, id), attempt)
  expect(got.map(({ headers }) => headers['webhook-id'])).toEqual([id, id])
})

test.each([
  [200, undefined],
  [204, undefined],
  [301, 'later'],
  [400, 'later'],
  [410, 'never'],
  [429, 'later'],
  [503, 'later']
])('an answer of %i: again %s', async (status, retry) => {
  answer = { status, headers: { location: `${origin}/elsewhere`, 'retry-after': '30' } }
  if (retry === undefined) expect(await send(origin)).toEqual({ outcome: 'delivered' })
  else expect(await refusal(send(origin))).toEqual({ retry, answered: true, status, after: 30 })
  expect(got).toHaveLength(1)
})

test('nobody there is no answer: it is tried again', async () => {
  const post: PostWebhook = async () => {
    throw new Error('ECONNREFUSED')
  }
  expect(await refusal(send('https://shop.example.com', { post }))).toMatchObject({ retry: 'later', answered: false })
})

test('nothing is sent unsigned', async () => {
  const sent = webhookSender({ secret: undefined, post: nodePost({ loopback: true }) }).send(
    scope,
    row(origin),
    attempt
  )
  expect(await refusal(sent)).toMatchObject({ retry: 'never' })
  expect(got).toEqual([])
})

test.each([
  'http://127.0.0.1:1/',
  'https://127.0.0.1:1/',
  'https://10.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:169.254.169.254]/',
  'https://2130706433/',
  'https://localhost/',
  'http://shop.example.com/'
])('%s is never posted to, wherever the name leads', async (url) => {
  expect(await refusal(send(url, { post: nodePost({ loopback: false }) }))).toMatchObject({ retry: 'never' })
})

test('the sandbox may call this very machine, and nothing else inside', async () => {
  for (const url of ['https://10.0.0.1/', 'http://192.168.0.1/'])
    expect(await refusal(send(url))).toMatchObject({ retry: 'never' })
})

test.each([
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['0.0.0.0', true],
  ['255.255.255.255', true],
  ['::', true],
  ['::1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['fd00::1', true],
  ['fe80::1', true],
  ['2606:4700::1111', false],
  ['8.8.8.8', false],
  ['no address', true]
])('whether %s is inside: %s', (ip, inside) => expect(isInside(ip)).toBe(inside))
