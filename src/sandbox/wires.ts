import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { type Feed, readable } from './feed.ts'
import { record, records, text } from './page/json.ts'
import type { FeedEntry } from './page/state.ts'

type Answer = (request: Request) => Promise<Response>

/** The fakes' own server on this machine: a LINE and a Slack that the official clients talk to over HTTP. */
export interface Wires {
  /** "http://127.0.0.1:<port>": LINE at the root, Slack below /api/. */
  readonly origin: string
  close(): Promise<void>
}

/** Listens on a free loopback port. Requests below /api/ and /slack/ are Slack's. */
export async function openWires(platforms: { line: Answer; slack: Answer }, feed: Feed): Promise<Wires> {
  const line = tapped(platforms.line, { feed, platform: 'line', kind: 'call' })
  const slack = tapped(platforms.slack, { feed, platform: 'slack', kind: 'call' })
  const fetch: Answer = (request) =>
    /^\/(api|slack)\//.test(new URL(request.url).pathname) ? slack(request) : line(request)
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // Kept-alive connections of the clients would hold the close up.
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
  }
}

/** The same conversation, with each exchange shown in the inspector. */
export function tapped(answer: Answer, how: { feed: Feed } & Pick<FeedEntry, 'platform' | 'kind'>): Answer {
  const { feed, platform, kind } = how
  return async (request) => {
    const startedMs = performance.now()
    const body = await request.clone().text()
    const sent = readable(body, request.headers.get('content-type'))
    const told = { at: new Date().toISOString(), kind, platform, title: titleOf(request, how, sent), request: sent }
    const durationMs = (): number => performance.now() - startedMs
    try {
      const response = await answer(request)
      const answered = await response.clone().text()
      feed.add({
        ...told,
        durationMs: durationMs(),
        status: response.status,
        signature: kind === 'webhook' ? (response.status === 401 ? 'invalid' : 'valid') : undefined,
        response: readable(answered, response.headers.get('content-type'))
      })
      return response
    } catch (error) {
      feed.add({ ...told, durationMs: durationMs(), status: undefined, signature: undefined, response: String(error) })
      throw error
    }
  }
}

/** What an exchange is about, in a few words: "message", "/kpi", "block_actions", "chat.update", "POST /v2/bot/message/push". */
function titleOf(request: Request, { platform, kind }: Pick<FeedEntry, 'platform' | 'kind'>, sent: unknown): string {
  const { pathname } = new URL(request.url)
  if (kind === 'call') return platform === 'slack' ? pathname.replace(/^\/api\//, '') : `${request.method} ${pathname}`
  const { events, type, command, event } = record(sent)
  const types = records(events).map((each) => text(each.type))
  return types.join(', ') || text(command) || text(record(event).type) || text(type) || `${request.method} ${pathname}`
}
