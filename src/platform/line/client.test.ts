import { HTTPFetchError } from '@line/bot-sdk'
import { expect, test } from 'vitest'
import { listen } from '../../../test/support/line-world.ts'
import { createLineClient } from './client.ts'
import { LineError, lineError } from './line-error.ts'

const messages = [{ type: 'text' as const, text: 'x' }]
const refused = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  new HTTPFetchError('', { status, statusText: '', headers: new Headers(headers), body: JSON.stringify(body) })
const unreached = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

async function clientOf(answer: (request: Request) => Response | Promise<Response>, path = '', callMs = 2000) {
  const { url } = await listen(answer)
  return createLineClient({ accessToken: 'secret-token', apiBaseUrl: url + path }, { callMs, profileMs: callMs })
}

test('a call LINE never answers ends by its own time-out, and its connection ends with it', async () => {
  let aborted = () => {}
  const gone = new Promise<void>((resolve) => {
    aborted = resolve
  })
  let reached = false
  const client = await clientOf(
    (request) =>
      new Promise(() => {
        request.signal.addEventListener('abort', aborted)
        reached = true
      }),
    '',
    50
  )
  const lost = { retry: 'later', answered: false, status: undefined }
  // On a busy machine the time may be over before the call has arrived anywhere.
  do await expect(client.reply('token', messages)).rejects.toMatchObject(lost)
  while (!reached)
  await gone
})

test('an answer that begins and never ends is given up as well', async () => {
  const client = await clientOf(
    () => new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([0x7b])) })),
    '',
    50
  )
  await expect(client.push('U1', messages, crypto.randomUUID())).rejects.toMatchObject({ answered: false })
})

test('the access token goes to LINE alone: a redirect is not followed', async () => {
  const seen: (string | null)[] = []
  const elsewhere = await listen((request) => {
    seen.push(request.headers.get('authorization'))
    return Response.json({})
  })
  const client = await clientOf(() => Response.redirect(`${elsewhere.url}/steal`, 302))
  await expect(client.consumption()).rejects.toBeInstanceOf(LineError)
  expect(seen).toEqual([])
})

test('a base address with a path keeps it, and every call carries the token and the retry key', async () => {
  const seen: (string | null)[] = []
  const client = await clientOf((request) => {
    seen.push(
      new URL(request.url).pathname,
      request.headers.get('authorization'),
      request.headers.get('x-line-retry-key')
    )
    return Response.json({ sentMessages: [] })
  }, '/fake/')
  await client.push('U1', messages, 'key')
  await client.reply('token', messages)
  expect(seen).toEqual([
    ...['/fake/v2/bot/message/push', 'Bearer secret-token', 'key'],
    ...['/fake/v2/bot/message/reply', 'Bearer secret-token', null]
  ])
})

test('409 on a retry key is success: LINE had accepted it before', async () => {
  const client = await clientOf(() => Response.json({ message: 'The retry key is already accepted' }, { status: 409 }))
  await expect(client.push('U1', messages, crypto.randomUUID())).resolves.toBeUndefined()
})

test('a profile LINE does not tell is undefined; any other fault is thrown', async () => {
  const profile = async (status: number, body: object) =>
    (await clientOf(() => Response.json(body, { status }))).profile('U1')
  expect(await profile(200, { userId: 'U1', displayName: '花子', language: 'ja' })).toEqual({
    displayName: '花子',
    language: 'ja'
  })
  expect(await profile(200, { userId: 'U1', displayName: '花子' })).toEqual({
    displayName: '花子',
    language: undefined
  })
  expect(await profile(404, { message: 'Not found' })).toBeUndefined()
  await expect(profile(500, {})).rejects.toMatchObject({ retry: 'later' })
})

test('no limit and a limit are told apart', async () => {
  expect(await (await clientOf(() => Response.json({ type: 'none' }))).quota()).toBeUndefined()
  expect(await (await clientOf(() => Response.json({ type: 'limited', value: 200 }))).quota()).toBe(200)
})

test.each<[string, unknown, object]>([
  [
    'the rate limit',
    refused(429, { message: 'The API rate limit has been exceeded.' }, { 'retry-after': '7' }),
    { refusal: 'rate', retry: 'later', retryAfterSeconds: 7 }
  ],
  [
    'the monthly limit',
    refused(429, { message: 'You have reached your monthly limit.' }),
    { refusal: 'monthly_limit', retry: 'later', retryAfterSeconds: undefined }
  ],
  [
    'an odd Retry-After',
    refused(429, {}, { 'retry-after': 'soon' }),
    { refusal: 'rate', retryAfterSeconds: undefined }
  ],
  [
    'a spent token',
    refused(400, { message: 'Invalid reply token' }),
    { refusal: 'invalid_reply_token', retry: 'never' }
  ],
  [
    'a bad message',
    refused(400, { message: 'A message (messages[0]) in the request body is invalid' }),
    { refusal: 'other', retry: 'never', answered: true }
  ],
  [
    'no access',
    refused(401),
    { refusal: 'access', retry: 'later', message: expect.stringContaining('LINE_CHANNEL_ACCESS_TOKEN') }
  ],
  ['a plan without this', refused(403), { refusal: 'access', retry: 'later' }],
  ['a fault of LINE’s', refused(500), { refusal: 'other', retry: 'later', answered: true, status: 500 }],
  [
    'an answer that is no JSON',
    new HTTPFetchError('', { status: 502, statusText: '', headers: new Headers(), body: '<html>' }),
    { retry: 'later', status: 502 }
  ],
  ['a refused connection', unreached('ECONNREFUSED'), { retry: 'later', answered: true }],
  ['an unknown host', unreached('ENOTFOUND'), { retry: 'later', answered: true }],
  ['a connection that broke', unreached('ECONNRESET'), { retry: 'later', answered: false }],
  ['a time-out', new DOMException('', 'TimeoutError'), { retry: 'later', answered: false }],
  ['anything else', 'thrown', { retry: 'later', answered: false }]
])('%s', (_, cause, error) => {
  expect(lineError(cause)).toMatchObject(error)
})

test('a port nobody listens on counts as never reached, over the real network stack', async () => {
  const { url, server } = await listen(() => new Response())
  await new Promise((resolve) => server.close(resolve))
  const client = createLineClient({ accessToken: 'x', apiBaseUrl: url })
  await expect(client.reply('token', messages)).rejects.toMatchObject({ answered: true, retry: 'later' })
})

test('what LINE says of a fault names the place, but never quotes what we sent or the token', async () => {
  const details = [{ message: '"佐藤 花子" is too long', property: 'messages[0].text' }]
  const client = await clientOf(() =>
    Response.json({ message: 'The request body has 1 error(s)', details }, { status: 400 })
  )
  const error = await client.reply('token', messages).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ message: expect.stringContaining('messages[0].text') })
  expect(String(error)).not.toMatch(/佐藤|secret-token/)
})
