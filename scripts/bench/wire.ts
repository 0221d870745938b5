import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { portOf } from '../../src/platform/http/index.ts'

/** Credentials of the benchmark's own channel and source; nothing outside this machine knows them. */
export const CHANNEL_SECRET = 'benchmark-channel-secret'
export const WRITE_KEY = 'benchmark-write-key'

export interface SignedWebhook {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly replyToken: string
}

/** A webhook as LINE sends it: one text message of the person with this number, signed. */
export function webhook(person: number, text: string): SignedWebhook {
  const id = randomUUID()
  const replyToken = id.replaceAll('-', '')
  const event = {
    type: 'message',
    mode: 'active',
    timestamp: Date.now(),
    source: { type: 'user', userId: `U${String(person).padStart(32, '0')}` },
    webhookEventId: id,
    deliveryContext: { isRedelivery: false },
    replyToken,
    message: { id: String(Date.now()), type: 'text', quoteToken: 'q', text }
  }
  const body = JSON.stringify({ destination: 'U00000000000000000000000000000000', events: [event] })
  const signature = createHmac('sha256', CHANNEL_SECRET).update(body).digest('base64')
  return { body, replyToken, headers: { 'content-type': 'application/json', 'x-line-signature': signature } }
}

export interface Listening {
  readonly origin: string
  close(): void
}

export interface Heard {
  /** A reply reached LINE, with this token. */
  readonly onReply?: (replyToken: string) => void
  /** A message was posted in Slack; `body` is what the call carried, decoded. */
  readonly onPost?: (body: string) => void
}

/** A LINE and a Slack that take everything, and tell what reached them at once. A person is called "ベンチ" and their number. */
export function quietChannels({ onReply, onPost }: Heard = {}): Promise<Listening> {
  return listen(
    createServer(async (request, response) => {
      const body = await readAll(request)
      if (request.url === '/v2/bot/message/reply') onReply?.(String(JSON.parse(body).replyToken))
      if (request.url === '/api/chat.postMessage') onPost?.(decodeURIComponent(body.replaceAll('+', ' ')))
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answerTo(request.url ?? '')))
    })
  )
}

let posted = 0

function answerTo(path: string): object {
  const [, person] = /^\/v2\/bot\/profile\/U0*(\d+)$/.exec(path) ?? []
  if (person !== undefined)
    return { displayName: `ベンチ${person}`, userId: `U${person.padStart(32, '0')}`, language: 'ja' }
  if (!path.startsWith('/api/')) return {}
  posted += 1
  return {
    ok: true,
    channel: 'C0BENCH',
    ts: `1700000000.${String(posted).padStart(6, '0')}`,
    messages: [],
    members: []
  }
}

export async function listen(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
