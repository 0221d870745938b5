import { type ServerType, serve } from '@hono/node-server'
import { portOf } from '../platform/http/index.ts'
import { type Feed, readable, readBody } from './feed.ts'
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
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
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
    const type = request.headers.get('content-type')
    // A form grows ninefold with each Japanese character: its name is read before it is cut.
    const title = titleOf(request, how, readBody(body, type))
    const told = { at: new Date().toISOString(), kind, platform, title, request: readable(body, type) }
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

/** What an exchange is about, short enough for a narrow list: "message", "/kpi", "follow_up.claim", "chat.update", "message/push". */
function titleOf(request: Request, { kind }: Pick<FeedEntry, 'kind'>, sent: unknown): string {
  const path = new URL(request.url).pathname.replace(/^\/(api|v\d+\/bot|v\d+)?\/?/, '')
  if (kind === 'call') return path
  const { events, actions, view, type, command, event } = record(sent)
  const named = [...records(events).map((each) => each.type), ...records(actions).map((each) => each.action_id)]
  return (
    named.map(text).join(', ') ||
    [command, record(event).type, record(view).callback_id, type].map(text).find(Boolean) ||
    path
  )
}
