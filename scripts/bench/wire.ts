import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Credentials of the benchmark's own channel; nothing outside this machine knows them. */
export const CHANNEL_SECRET = 'benchmark-channel-secret'

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

/** A LINE that takes every reply and tells `onReply` its token at once; everybody's profile is the same. */
export function quietLine(onReply: (replyToken: string) => void): Promise<Listening> {
  return listen(
    createServer(async (request, response) => {
      const body = await readAll(request)
      if (request.url === '/v2/bot/message/reply') onReply(String(JSON.parse(body).replyToken))
      response.setHeader('content-type', 'application/json')
      response.end(request.url?.startsWith('/v2/bot/profile/') ? PROFILE : '{}')
    })
  )
}

const PROFILE = JSON.stringify({ displayName: 'ベンチ', userId: 'U0', language: 'ja' })

export async function listen(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
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
