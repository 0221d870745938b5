import { Hono } from 'hono'
import type { Log } from '../scope.ts'

/** Looks at one thing the server needs: resolves with figures worth showing, or throws. */
export type HealthCheck = () => Promise<Readonly<Record<string, unknown>> | undefined>

export interface HealthOptions {
  /** By name: "database", "migrations", "queue". */
  readonly checks: Readonly<Record<string, HealthCheck>>
  readonly log: Log
  /** How long a check may take; default 1000. */
  readonly timeoutMs?: number
}

type Finding = { readonly ok: boolean; readonly problem?: 'failed' | 'timeout' } & Readonly<Record<string, unknown>>

const CHECK_MS = 1_000

/**
 * `GET /healthz`: the process answers. `GET /readyz`: it can work, with what each check found; 503 as soon as one
 * fails or takes too long. What exactly failed is in the log only.
 */
export function healthRoutes(options: HealthOptions): Hono {
  const checks = Object.entries(options.checks).map(([check, run]) => [check, watched(check, run, options)] as const)
  return new Hono()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/readyz', async (context) => {
      const findings = await Promise.all(checks.map(async ([check, look]) => [check, await look()] as const))
      const ready = findings.every(([, finding]) => finding.ok)
      const body = { status: ready ? 'ok' : 'unavailable', checks: Object.fromEntries(findings) }
      return context.json(body, ready ? 200 : 503)
    })
}

/** One look at a time: while a database hangs, probes must not pile up more queries behind it. */
function watched(
  check: string,
  run: HealthCheck,
  { log, timeoutMs = CHECK_MS }: HealthOptions
): () => Promise<Finding> {
  let looking: Promise<Finding> | undefined
  const look = async (): Promise<Finding> => {
    try {
      return { ...(await run()), ok: true }
    } catch (error) {
      log.warn('A readiness check failed', { check, error })
      return { ok: false, problem: 'failed' }
    } finally {
      looking = undefined
    }
  }
  return () => {
    looking ??= look()
    return orTimeout(looking, timeoutMs)
  }
}

async function orTimeout(finding: Promise<Finding>, timeoutMs: number): Promise<Finding> {
  const { promise: timeout, resolve } = Promise.withResolvers<Finding>()
  const timer = setTimeout(() => resolve({ ok: false, problem: 'timeout' }), timeoutMs)
  return Promise.race([finding, timeout]).finally(() => clearTimeout(timer))
}
