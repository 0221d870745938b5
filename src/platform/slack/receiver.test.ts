import { App } from '@slack/bolt'
import { describe, expect, it, vi } from 'vitest'
import { computingMs } from '../../../test/support/computing.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { type SlackWorld, slackWorld } from '../../../test/support/slack-world.ts'
import { SlackReceiver } from './receiver.ts'
import { sign } from './signature.ts'

const db = useDatabase()
const SECRET = 'test-signing-secret'

/** A signed POST, as Slack sends it; `over` spoils parts of it. */
function post(world: SlackWorld, body: string | Uint8Array<ArrayBuffer>, over: Record<string, string> = {}): Request {
  const timestamp = over['x-slack-request-timestamp'] ?? String(Math.floor(world.nowMs / 1000))
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(SECRET, timestamp, body),
    ...over
  }
  return new Request('http://matane.test/slack/events', { method: 'POST', headers, body })
}

const inbox = () => db().prisma.inbox.findMany({ orderBy: { id: 'asc' } })
const event = (over: object = {}) => ({
  type: 'event_callback',
  event_id: 'Ev1',
  event_time: 1_795_240_800,
  event: { type: 'app_mention', channel: 'C1', user: 'U1', text: 'hi', ts: '1795240800.000100' },
  ...over
})

describe('what is not from Slack', () => {
  it.each([
    ['a wrong signature', { 'x-slack-signature': 'v0=00' }, 'SLACK_SIGNING_SECRET'],
    ['an empty signature', { 'x-slack-signature': '' }, 'proxy'],
    ['a signature ten minutes old', { 'x-slack-request-timestamp': '1' }, 'clock'],
    ['a signature from the future', { 'x-slack-request-timestamp': '9999999999' }, 'clock']
  ])('%s is 401, leaves nothing behind and logs what to check', async (_name, over, hint) => {
    const world = slackWorld(db())
    const response = await world.receive(post(world, JSON.stringify(event()), over))
    expect(response.status).toBe(401)
    expect(await inbox()).toEqual([])
    expect(world.scope.lines).toMatchObject([{ level: 'warn', data: { hint: expect.stringContaining(hint) } }])
  })

  it('nothing of the refused body gets into the log', async () => {
    const world = slackWorld(db())
    await world.receive(post(world, '{"text":"ひみつ"}', { 'x-slack-signature': 'v0=00' }))
    expect(JSON.stringify(world.scope.lines)).not.toContain('ひみつ')
  })

  it('an empty secret does not even start', () => {
    expect(() => new SlackReceiver({ signingSecret: '', intake: { put: async () => undefined } })).toThrow(/empty/)
  })
})

describe('what Slack asks for itself', () => {
  it('the address check gets its challenge back, when it is signed', async () => {
    const world = slackWorld(db())
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' })
    expect(await (await world.receive(post(world, body))).json()).toEqual({ challenge: 'abc' })
    expect((await world.receive(post(world, body, { 'x-slack-signature': 'v0=1' }))).status).toBe(401)
  })

  it('the certificate check is answered and nothing else in it is believed', async () => {
    const world = slackWorld(db())
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = 'ssl_check=1&command=%2Fkpi&user_id=U1'
    const request = new Request('http://matane.test/slack/events', { method: 'POST', headers, body })
    expect((await world.receive(request)).status).toBe(200)
    expect(world.scope.lines).toEqual([])
  })
})

describe('bodies', () => {
  it.each([
    ['no JSON', 'x'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"a"'],
    ['bytes that are no UTF-8', Uint8Array.from([0x7b, 0xff, 0x7d])]
  ])('%s is 400, though signed', async (_name, body) => {
    const world = slackWorld(db())
    expect((await world.receive(post(world, body))).status).toBe(400)
  })

  it('a form whose payload is no JSON is 400', async () => {
    const world = slackWorld(db())
    const over = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await world.receive(post(world, 'payload=x', over))).status).toBe(400)
  })

  it('2 MB is 413, announced or not, without being read to the end', async () => {
    const world = slackWorld(db())
    expect((await world.receive(post(world, 'x'.repeat(2_000_000)))).status).toBe(413)
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(100_000))
      }
    })
    const request = new Request('http://matane.test/slack/events', {
      method: 'POST',
      body: endless,
      duplex: 'half'
    } as RequestInit)
    expect((await world.receive(request)).status).toBe(413)
    expect(pulled).toBeLessThan(20)
  })

  it('50,000 levels of nesting are answered in good time', async () => {
    const world = slackWorld(db())
    const deep = `{"type":"event_callback","event":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    const took = await computingMs(async () =>
      expect([200, 400]).toContain((await world.receive(post(world, deep))).status)
    )
    expect(took).toBeLessThan(1_000)
  })

  it('something nobody listens for is acknowledged, so that Slack shows no error', async () => {
    const world = slackWorld(db())
    const response = await world.receive(
      post(world, JSON.stringify({ type: 'shortcut', callback_id: 'x', user: { id: 'U1' }, team: { id: 'T1' } }))
    )
    expect(response.status).toBe(200)
  })

  it('something unheard of is acknowledged too', async () => {
    const world = slackWorld(db())
    expect((await world.receive(post(world, '{"type":"novelty"}'))).status).toBe(200)
  })
})

describe('events', () => {
  it('are stored before they are acknowledged, under their own id and the key of their thread', async () => {
    const world = slackWorld(db())
    const said = {
      type: 'app_mention',
      channel: 'C1',
      user: 'U1',
      text: 'ひみつ',
      ts: '1795240801.5',
      thread_ts: '1795240800.0001',
      event_ts: '1795240801.500000'
    }
    expect((await world.receive(post(world, JSON.stringify(event({ event: said }))))).status).toBe(200)
    const [row] = await inbox()
    expect(row).toMatchObject({ source: 'slack', eventId: 'Ev1', key: 'slack:C1:1795240800.0001', state: 'ready' })
    expect(row?.occurredAt).toEqual(new Date(1_795_240_801_500))
    expect(row?.bodySealed).not.toContain('ひみつ')
  })

  it('told five times are kept once', async () => {
    const world = slackWorld(db())
    for (let time = 0; time < 5; time += 1) {
      const retry = { 'x-slack-retry-num': String(time), 'x-slack-retry-reason': 'http_timeout' }
      expect((await world.receive(post(world, JSON.stringify(event()), retry))).status).toBe(200)
    }
    expect(await inbox()).toHaveLength(1)
  })

  it.each([
    ['without an id', event({ event_id: undefined })],
    ['without an event', event({ event: null })],
    ['of an unknown type', event({ event: { type: 'novelty', channel: { id: 'C1' } } })]
  ])('%s are kept, acknowledged and change nothing', async (_name, odd) => {
    const world = slackWorld(db())
    expect((await world.receive(post(world, JSON.stringify(odd)))).status).toBe(200)
    await world.settle()
    expect(await inbox()).toMatchObject([{ source: 'slack', state: 'done' }])
    expect(world.fake.calls().filter(({ kind }) => kind === 'api')).toEqual([])
  })

  it('that cannot be stored are 503, so that Slack tells them again', async () => {
    const world = slackWorld(db())
    const intake = { put: () => Promise.reject(new Error('disk full')) }
    const receiver = new SlackReceiver({ signingSecret: SECRET, intake, nowMs: () => world.nowMs })
    const response = await receiver.handle(post(world, JSON.stringify(event())), world.context)
    expect(response.status).toBe(503)
    expect(world.scope.lines).toMatchObject([{ level: 'error' }])
  })

  it('are acknowledged only when the store has them', async () => {
    const world = slackWorld(db())
    let stored = (): void => undefined
    const put = () => new Promise<void>((resolve) => (stored = resolve))
    const receiver = new SlackReceiver({ signingSecret: SECRET, intake: { put }, nowMs: () => world.nowMs })
    let answered = false
    const answering = receiver.handle(post(world, JSON.stringify(event())), world.context).then((response) => {
      answered = true
      return response
    })
    await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
    expect(answered).toBe(false)
    stored()
    expect((await answering).status).toBe(200)
  })
})

describe('a click that nobody acknowledges', () => {
  const click = {
    type: 'block_actions',
    user: { id: 'U1' },
    team: { id: 'T1' },
    actions: [{ action_id: 'a', type: 'button' }]
  }
  const intake = { put: async () => undefined }

  /** A receiver whose Bolt app does this with every click. */
  function receiverFor(world: SlackWorld, listen: () => Promise<void>): SlackReceiver {
    const receiver = new SlackReceiver({ signingSecret: SECRET, intake, nowMs: () => world.nowMs })
    const app = new App({ receiver, authorize: async () => ({ botToken: 'x' }), convoStore: false })
    app.error(async (error) => {
      throw error
    })
    app.action(/.*/, listen)
    return receiver
  }

  it('is answered before Slack gives up, and the log says which it was', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const world = slackWorld(db())
      const receiver = receiverFor(world, () => new Promise(() => undefined))
      const answering = receiver.handle(post(world, JSON.stringify(click)), world.context)
      while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve))
      vi.advanceTimersByTime(2_900)
      expect((await answering).status).toBe(504)
      expect(world.scope.lines).toMatchObject([{ level: 'error', data: { what: 'block_actions' } }])
    } finally {
      vi.useRealTimers()
    }
  })

  it('because its handler broke is a 500 and a line in the log', async () => {
    const world = slackWorld(db())
    const receiver = receiverFor(world, () => Promise.reject(new Error('broken')))
    expect((await receiver.handle(post(world, JSON.stringify(click)), world.context)).status).toBe(500)
    expect(world.scope.lines).toMatchObject([{ level: 'error', message: 'Slack request failed' }])
  })
})
