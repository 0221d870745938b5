import { WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { DeliveryError } from '../queue/types.ts'
import { clientOptions, slackClients } from './clients.ts'
import { asDeliveryError, calling, slackCode } from './errors.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const slack = { botToken: 'xoxb-secret', apiUrl: 'http://slack.test/api/' }

/** The failure that the real client makes of an answer. */
async function failureOf(answer: () => Promise<Response>): Promise<DeliveryError> {
  const clients = slackClients({ slack, log, fetch: answer })
  const failure = await calling(() => clients.background.auth.test()).catch((error: unknown) => error)
  if (!(failure instanceof DeliveryError)) throw new Error(`Not a DeliveryError: ${String(failure)}`)
  return failure
}

const says = (error: string) => async () => Response.json({ ok: false, error })

describe('a failed call', () => {
  it.each([
    [
      'ratelimited over HTTP',
      async () => new Response('', { status: 429, headers: { 'retry-after': '17' } }),
      { retry: 'later', answered: true, retryAfterSeconds: 17, status: 429 }
    ],
    ['a lost connection', () => Promise.reject(new TypeError('fetch failed')), { retry: 'later', answered: false }],
    [
      'a broken gateway',
      async () => new Response('<html>', { status: 502 }),
      { retry: 'later', answered: false, status: 502 }
    ],
    [
      'a redirect',
      async () => new Response('', { status: 302, headers: { location: 'http://evil.example/' } }),
      { retry: 'later', answered: true }
    ],
    [
      'a body that breaks off',
      async () => new Response(new ReadableStream({ start: (stream) => stream.error(new Error('reset')) })),
      { retry: 'later', answered: false }
    ],
    ['Slack’s own trouble', says('internal_error'), { retry: 'later', answered: false }],
    ['a wrong token', says('invalid_auth'), { retry: 'later', answered: true }],
    ['a missing invitation', says('not_in_channel'), { retry: 'later', answered: true }],
    ['blocks it does not like', says('invalid_blocks'), { retry: 'never', answered: true }],
    ['a message that is gone', says('message_not_found'), { retry: 'never', answered: true }],
    ['something unheard of', says('novelty'), { retry: 'later', answered: true }]
  ] as const)('by %s', async (_name, answer, expected) => {
    expect(await failureOf(answer)).toMatchObject(expected)
  })

  it('says what to do when people must mend it, and where in the message when the message is at fault', async () => {
    expect((await failureOf(says('invalid_auth'))).message).toContain('SLACK_BOT_TOKEN')
    const refused = async () =>
      Response.json({
        ok: false,
        error: 'invalid_blocks',
        response_metadata: { messages: ['[ERROR] [json-pointer:/blocks/0]'] }
      })
    expect((await failureOf(refused)).message).toContain('/blocks/0')
  })

  it('keeps Slack’s own word, and the token out of its words', async () => {
    const failure = await failureOf(says('channel_not_found'))
    expect(slackCode(failure)).toBe('channel_not_found')
    expect(JSON.stringify([failure.message, failure.stack])).not.toContain('xoxb-secret')
    expect(slackCode(new Error('other'))).toBeUndefined()
  })

  it('that is a DeliveryError already stays what it is', () => {
    const failure = new DeliveryError('x', { retry: 'never', answered: true })
    expect(asDeliveryError(failure)).toBe(failure)
    expect(slackCode(asDeliveryError(new WebAPIPlatformError({ ok: false, error: 'a' })))).toBe('a')
    expect(asDeliveryError(new WebAPIRateLimitedError(3)).retryAfterSeconds).toBe(3)
  })
})

describe('the clients', () => {
  it('make one call and no more: the outbox decides about trying again', async () => {
    let calls = 0
    const answer = async () => {
      calls += 1
      return new Response('', { status: 500 })
    }
    await failureOf(answer)
    expect(calls).toBe(1)
  })

  it('give up on a call that hangs', async () => {
    const hang = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      )
    const client = new WebClient('x', { ...clientOptions({ slack, log, fetch: hang }), timeout: 30 })
    const failure = await calling(() => client.auth.test()).catch((error: unknown) => error)
    expect(failure).toMatchObject({ answered: false, retry: 'later' })
  })

  it('never follow a redirect with the token in hand', async () => {
    const seen: (string | undefined)[] = []
    const answer = async (_url: unknown, init?: RequestInit) => {
      seen.push(init?.redirect)
      return Response.json({ ok: true })
    }
    await slackClients({ slack, log, fetch: answer }).interactive.auth.test()
    expect(seen).toEqual(['manual'])
  })

  it('let many calls run at once: one that hangs holds nobody up', async () => {
    let open = 0
    let most = 0
    const answer = async () => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setImmediate(resolve))
      open -= 1
      return Response.json({ ok: true })
    }
    const clients = slackClients({ slack, log, fetch: answer })
    await Promise.all(Array.from({ length: 300 }, () => clients.background.auth.test()))
    expect(most).toBeGreaterThan(200)
  })
})
