import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { streamSSE } from 'hono/streaming'
import type { z } from 'zod'
import type { Changes } from './changes.ts'
import { ClockDoing, doInLine, doInSlack, LineDoing, NewFile, NewPerson, SlackDoing } from './doings.ts'
import type { Feed } from './feed.ts'
import { jsonOnly, loopbackOnly } from './guard.ts'
import type { Counter } from './page/state.ts'
import { pageFiles } from './page-files.ts'
import { type Stage, showState } from './show.ts'

const MAX_BODY_BYTES = 64 * 1024
const FILE_ROUTE = '/sandbox/file'
/** What is chosen in a form, in base64; the product itself says what is too large for it. */
const MAX_FILE_BODY_BYTES = 40 * 1024 * 1024
const smallBody = bodyLimit({ maxSize: MAX_BODY_BYTES })
const largeBody = bodyLimit({ maxSize: MAX_FILE_BODY_BYTES })
const KEEP_ALIVE_MS = 20_000
/** Slack may try an unanswered event again for minutes; the page need not wait for that. */
const PATIENCE_MS = 8000

export interface RoutesDeps {
  readonly stage: Stage
  readonly feed: Feed
  readonly changes: Changes
  counters(): Promise<readonly Counter[]>
  outbox(): Promise<readonly unknown[]>
  /** Moves business time; false = that is no duration the clock takes. */
  advance(duration: string): Promise<boolean>
}

/** The sandbox's page and what it calls, for this machine only: `GET /` and everything below /sandbox/. */
export function sandboxRoutes(deps: RoutesDeps): Hono {
  const app = new Hono()
  const files = pageFiles()
  app.use('/', loopbackOnly)
  app.use('/sandbox/*', loopbackOnly, jsonOnly)
  app.use('/sandbox/*', async (c, next) => (c.req.path === FILE_ROUTE ? largeBody : smallBody)(c, next))
  app.get('/', () => files('index.html') ?? new Response('No page', { status: 404 }))
  app.get('/sandbox/page/:name', (c) => files(c.req.param('name')) ?? c.notFound())
  readRoutes(app, deps)
  doRoutes(app, deps)
  return app
}

function readRoutes(app: Hono, { stage, feed, changes, counters, outbox }: RoutesDeps): void {
  app.get('/sandbox/state', async (c) => {
    const { person = '', staff = '', channel = '' } = c.req.query()
    return c.json(showState(stage, { person, staff, channel }, await counters()))
  })
  app.get('/sandbox/menu/:id', (c) => {
    const png = stage.line.richMenuPicture(c.req.param('id'))
    return png
      ? c.body(new Uint8Array(png), 200, { 'content-type': 'image/png', 'cache-control': 'no-store' })
      : c.notFound()
  })
  app.get('/sandbox/inspector', (c) => c.json({ entries: feed.after(Number(c.req.query('after') ?? 0)) }))
  app.get('/sandbox/outbox', async (c) => c.json({ messages: await outbox() }))
  app.get('/sandbox/stream', (c) =>
    streamSSE(c, async (stream) => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      const say = (event: string) => () => void stream.writeSSE({ event, data: '' })
      say('alive')()
      const alive = setInterval(say('alive'), KEEP_ALIVE_MS)
      await changes.follow(say('change'), gone.signal)
      clearInterval(alive)
    })
  )
}

function doRoutes(app: Hono, { stage, advance }: RoutesDeps): void {
  app.post('/sandbox/line', (c) => done(c, LineDoing, (doing) => doInLine(stage.line, doing)))
  app.post('/sandbox/slack', (c) => done(c, SlackDoing, (doing) => doInSlack(stage.slack, doing)))
  app.post(FILE_ROUTE, (c) =>
    done(c, NewFile, async ({ staff, name, data }) => ({
      id: stage.slack.addFile(staff, { name, bytes: new Uint8Array(Buffer.from(data, 'base64')) })
    }))
  )
  app.post('/sandbox/people', (c) =>
    done(c, NewPerson, async ({ name, language }) => ({
      id: stage.line.addPerson({ displayName: name, language }).userId
    }))
  )
  app.post('/sandbox/clock', (c) =>
    done(c, ClockDoing, async (doing) => {
      if (!(await advance(doing.advance)))
        throw new Refused('Write how far to go, such as 30m, 1h or 3d; a year at most.')
      return { now: stage.clock.now().toISOString() }
    })
  )
}

/** Said to whoever called: 400. */
class Refused extends Error {}

async function done<T extends z.ZodType>(
  c: Context,
  schema: T,
  act: (doing: z.infer<T>) => Promise<object> | Promise<void>
): Promise<Response> {
  const parsed = schema.safeParse(await c.req.json().catch(() => undefined))
  if (!parsed.success)
    return c.json(
      { error: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') },
      400
    )
  try {
    return c.json((await patiently(act(parsed.data))) ?? { ok: true })
  } catch (error) {
    // The fakes throw on what a real phone or Slack would not let a person do.
    return c.json({ error: error instanceof Error ? error.message : 'That did not work.' }, 400)
  }
}

async function patiently(work: Promise<object> | Promise<void>): Promise<object | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
  })
  try {
    return (await Promise.race([work, patience])) ?? undefined
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}
