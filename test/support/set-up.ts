import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { afterEach } from 'vitest'
import { neededScopes } from '../../scripts/doctor/slack.ts'
import { portOf } from '../../src/platform/http/index.ts'
import { signatureFault } from '../../src/platform/slack/signature.ts'

/** Answers in place of what would be right. */
export type Answering = (context: Context) => Response | Promise<Response>

const READY = { database: { ok: true }, audit: { ok: true, intact: null, oldestPendingSeconds: 60 } }
const SECRET = 'fedcba9876543210fedcba9876543210'

/**
 * A set-up as a shop has it, for each call: LINE, Slack and the server on one origin, where everything is right but for
 * `changes`. Use: `const setUp = useSetUp()` at the top, `await setUp()` in tests for the settings.
 */
export function useSetUp(): (changes?: Record<string, Answering>) => Promise<Record<string, string>> {
  const stops: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop()
  })
  return (changes = {}) => startSetUp(changes, stops)
}

/** LINE, Slack and the server itself on one origin, all as they should be but for `changes`, by path. Returns the settings. */
async function startSetUp(
  changes: Record<string, Answering>,
  stops: (() => Promise<unknown>)[]
): Promise<Record<string, string>> {
  const port: { value: number } = { value: 0 }
  const origin = () => `http://127.0.0.1:${port.value}`
  const app = new Hono()
  app.use(async (context, next) => {
    const change = changes[context.req.path]
    return change ? change(context) : next()
  })
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', (c) => c.json({ status: 'ok', checks: READY }))
  app.post('/slack/events', async (c) => {
    const fault = signatureFault(
      SECRET,
      {
        body: new Uint8Array(await c.req.arrayBuffer()),
        signature: c.req.header('x-slack-signature') ?? null,
        timestamp: c.req.header('x-slack-request-timestamp') ?? null
      },
      Date.now()
    )
    return fault ? c.json(fault, 401) : c.json({ challenge: 'matane-doctor' })
  })
  app.post('/hooks/shopify', (c) => c.text('not proven', 401))
  app.use('/v2/*', async (c, next) =>
    c.req.header('authorization') === 'Bearer line-token' ? next() : c.json({}, 401)
  )
  app.get('/v2/bot/info', (c) => c.json({ basicId: '@123abcde', displayName: '喫茶またね' }))
  app.get('/v2/bot/channel/webhook/endpoint', (c) => c.json({ endpoint: `${origin()}/line/webhook`, active: true }))
  app.post('/v2/bot/channel/webhook/test', (c) =>
    c.json({ success: true, statusCode: 200, reason: 'OK', detail: '200' })
  )
  app.get('/v2/bot/message/quota', (c) => c.json({ type: 'limited', value: 200 }))
  app.get('/v2/bot/message/quota/consumption', (c) => c.json({ totalUsage: 50 }))
  app.post('/api/auth.test', (c) => {
    if (c.req.header('authorization') !== 'Bearer xoxb-right') return c.json({ ok: false, error: 'invalid_auth' })
    return c.json({ ok: true, team: 'またね', user: 'matane' }, 200, { 'x-oauth-scopes': neededScopes().join(',') })
  })
  app.post('/api/conversations.info', async (c) => {
    const { channel } = await c.req.parseBody()
    if (channel !== 'C0123') return c.json({ ok: false, error: 'channel_not_found' })
    return c.json({
      ok: true,
      channel: { name: 'cs-alerts', is_member: true, is_archived: false, is_ext_shared: false }
    })
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  stops.push(() => new Promise((done) => server.close(done)))
  port.value = portOf(server)
  return {
    LINE_CHANNEL_SECRET: '0123456789abcdef0123456789abcdef',
    LINE_CHANNEL_ACCESS_TOKEN: 'line-token',
    LINE_BOT_ID: '@123abcde',
    LINE_API_BASE_URL: origin(),
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_BOT_TOKEN: 'xoxb-right',
    SLACK_ALERT_CHANNEL: 'C0123',
    SLACK_API_URL: `${origin()}/api/`,
    PUBLIC_URL: origin()
  }
}
