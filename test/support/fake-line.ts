import { createFakeLine, type FakeLineOptions } from '../../src/sandbox/line/index.ts'

const text = (words: string) => [{ type: 'text', text: words }]

/** A fake LINE with one person, a clock the test sets, its webhooks collected, and short ways to call its API. */
export function fakeLine(options: Partial<FakeLineOptions> = {}) {
  const clock = { now: new Date('2026-11-21T01:00:00Z') }
  const webhooks: { headers: Headers; body: string }[] = []
  const line = createFakeLine({
    channelSecret: 'secret',
    accessToken: 'token',
    botId: '@matane',
    now: () => clock.now,
    async deliver(request) {
      webhooks.push({ headers: request.headers, body: await request.text() })
      return new Response('ok')
    },
    ...options
  })
  const call = async (path: string, body?: object, headers: Record<string, string> = {}) => {
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'GET' }
    const request = new Request(`http://line.test${path}`, {
      ...init,
      headers: { authorization: 'Bearer token', ...headers }
    })
    const response = await line.fetch(request)
    return { status: response.status, headers: response.headers, body: await response.json().catch(() => undefined) }
  }
  const lastEvent = () => JSON.parse(webhooks.at(-1)?.body ?? '{}').events[0]
  const reply = (replyToken: string, words = 'x') =>
    call('/v2/bot/message/reply', { replyToken, messages: text(words) })
  const push = (to: string, words = 'x', key?: string) =>
    call('/v2/bot/message/push', { to, messages: text(words) }, key ? { 'x-line-retry-key': key } : {})
  const person = line.addPerson({ displayName: '佐藤 花子', language: 'ja' })
  return {
    line,
    clock,
    webhooks,
    call,
    lastEvent,
    reply,
    push,
    person,
    pass(ms: number) {
      clock.now = new Date(clock.now.getTime() + ms)
    }
  }
}

/** The texts of a chat, oldest first. */
export const words = (chat: readonly { message: { type: string } }[]) =>
  chat.map(({ message }) => 'text' in message && message.text)
