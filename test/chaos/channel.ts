/** Stands for LINE: knows retry keys, and fails as it likes. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { z } from 'zod'
import { portOf } from '../../src/platform/http/port.ts'
import { ChaosEvent } from './contract.ts'

/** Each message is a text that holds the event as it came. */
const Push = z.object({
  messages: z.array(z.object({ text: z.string().transform((text) => ChaosEvent.parse(JSON.parse(text))) }))
})

export interface Channel {
  readonly url: string
  /** What was accepted, in the order of acceptance. */
  readonly accepted: readonly ChaosEvent[]
  /** How many calls failed, and how many came again with a known key. */
  readonly counts: { failed: number; answersLost: number; repeated: number }
  close(): void
}

/** Of all calls 15 % fail with a 503, and 15 % are accepted but the answer is lost. */
export async function startChannel(): Promise<Channel> {
  const accepted: ChaosEvent[] = []
  const known = new Set<string>()
  const counts = { failed: 0, answersLost: 0, repeated: 0 }
  const server = createServer(async (request, response) => {
    const key = String(request.headers['x-retry-key'])
    const body = await textOf(request)
    const luck = Math.random()
    if (luck < 0.15) {
      counts.failed += 1
      response.writeHead(503).end()
      return
    }
    const isNew = !known.has(key)
    if (isNew) accepted.push(...Push.parse(JSON.parse(body)).messages.map(({ text }) => text))
    else counts.repeated += 1
    known.add(key)
    if (luck < 0.3) {
      counts.answersLost += 1
      request.socket.destroy()
    } else response.writeHead(isNew ? 200 : 409).end()
  })
  return { url: await listen(server), accepted, counts, close: () => server.closeAllConnections() ?? server.close() }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${portOf(server)}/`))
  })
}
