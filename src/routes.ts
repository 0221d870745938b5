import { Hono } from 'hono'
import type { Context, Feature, HttpEnv } from './platform/feature.ts'
import {
  addressOf,
  answerErrors,
  answerUnknown,
  type HealthCheck,
  healthRoutes,
  limitBody,
  limitRate,
  securityHeaders
} from './platform/http/index.ts'
import { receiveLine } from './platform/line/index.ts'
import { countQueue, type Intake } from './platform/queue/index.ts'

interface RouteDeps {
  readonly context: Context
  readonly features: readonly Feature[]
  readonly intake: Intake
  readonly receiveSlack: (request: Request) => Promise<Response>
}

const PAGE_RATE = { burst: 60, perMinute: 120 } as const

/** All routes. Webhooks come first: nothing stands between them and their signature check, least of all a rate limit. */
export function createRoutes(deps: RouteDeps): (request: Request, env?: unknown) => Response | Promise<Response> {
  const { context, features } = deps
  const { config, scope } = context
  const app = new Hono<HttpEnv>()
  app.onError(answerErrors(scope.log))
  app.notFound(answerUnknown)
  if (config.role !== 'worker') webhooks(app, deps)
  app.route('/', healthRoutes({ checks: readinessChecks(deps), log: scope.log }))
  app.use(securityHeaders(config.publicUrl), limitBody(), limitRate({ ...PAGE_RATE, addressOf }))
  app.use((http, next) => {
    http.set('context', context)
    return next()
  })
  if (config.role !== 'worker') for (const feature of features) feature.routes?.(app)
  return (request, env) => app.fetch(request, env ?? {})
}

function webhooks(app: Hono<HttpEnv>, { context, features, intake, receiveSlack }: RouteDeps): void {
  const { config, scope } = context
  const line = { channelSecret: config.line.channelSecret, cipher: scope.db.cipher, log: scope.log, intake }
  app.post('/line/webhook', (http) => receiveLine(http.req.raw, line))
  app.post('/slack/events', (http) => receiveSlack(http.req.raw))
  for (const feature of features) feature.webhooks?.(app, { context, intake })
}

function readinessChecks({ context, features }: RouteDeps): Readonly<Record<string, HealthCheck>> {
  const { db } = context.scope
  const figures = features.flatMap(({ name, health }) => (health ? [[name, () => health(context)] as const] : []))
  return {
    ...Object.fromEntries(figures),
    database: async () => {
      await db.query('SELECT 1')
      return {}
    },
    migrations: async () => {
      const [newest] = await db.query<{ name: string; finished: boolean }>(
        `SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations
         WHERE rolled_back_at IS NULL ORDER BY migration_name DESC LIMIT 1`
      )
      if (!newest?.finished) throw new Error('The database is not migrated: run npm run db -- deploy')
      return { newest: newest.name }
    },
    queue: async () => ({ ...(await countQueue(db)) })
  }
}
