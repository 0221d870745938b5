import type { StoreConfig } from '../../src/config.ts'
import { changeLaidAside, type LaidAside, listLaidAside, type QueueName } from '../../src/platform/queue/laid-aside.ts'
import { type CommandResult, misused } from './result.ts'
import { hasEmbedded, noDatabase, withPool } from './with-pool.ts'

type Verb = 'revive' | 'drop'
type Queries = Parameters<typeof listLaidAside>[0]
type Ids = Readonly<Record<QueueName, readonly string[]>>

const LIST_LIMIT = 200
const WHICH = /^(?:(inbox):(\d{1,18})|(outbox):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))$/i
const USAGE = `Say which: npm run db -- dead revive inbox:123 (or outbox:<id>, several, or all). npm run db -- dead lists them.`
const DONE: Readonly<Record<Verb, string>> = {
  revive: 'Revived (a running server tries them again within seconds, otherwise when it starts)',
  drop: 'Dropped'
}
const CANNOT: Readonly<Record<Verb, string>> = {
  revive: 'not dead (any more), left as they are',
  drop: 'neither dead nor quarantined (any more), left as they are'
}

/** Lists, revives or drops what the queue has laid aside. */
export async function dead([verb, ...which]: readonly string[], config: StoreConfig): Promise<CommandResult> {
  if (verb === undefined) return withQueue(config, list)
  if (verb !== 'revive' && verb !== 'drop') return misused(`"dead ${verb}" is no command. ${USAGE}`)
  const ids = which.join() === 'all' ? 'all' : parseIds(which)
  if (!ids) return misused(USAGE)
  return withQueue(config, (db) => inTransaction(db, () => change(db, verb, ids)))
}

function parseIds(which: readonly string[]): Ids | undefined {
  const matches = which.map((text) => WHICH.exec(text))
  if (matches.length === 0 || matches.includes(null)) return undefined
  return {
    inbox: [...new Set(matches.flatMap((match) => (match?.[2] ? [String(BigInt(match[2]))] : [])))],
    outbox: [...new Set(matches.flatMap((match) => match?.[4]?.toLowerCase() ?? []))]
  }
}

async function list(db: Queries): Promise<CommandResult> {
  const rows = await listLaidAside(db, LIST_LIMIT)
  const full = (['inbox', 'outbox'] as const).some(
    (queue) => rows.filter((row) => row.queue === queue).length === LIST_LIMIT
  )
  const more = full ? [`At most ${LIST_LIMIT} of each queue are listed, the oldest; /readyz counts all.`] : []
  const text = rows.length > 0 ? [...rows.map(lineOf), ...more].join('\n') : 'Nothing is laid aside.'
  return { ok: true, text, data: { rows, complete: !full } }
}

function lineOf({ queue, id, state, origin, attempts, since, reason }: LaidAside): string {
  const tries = `${attempts} ${attempts === 1 ? 'try' : 'tries'}`
  return `${queue}:${id}  ${state}  ${origin}  ${since.toISOString()}  ${tries}  ${reason ?? 'could not be read'}`
}

async function change(db: Queries, verb: Verb, ids: Ids | 'all'): Promise<CommandResult> {
  const changed: string[] = []
  for (const queue of ['inbox', 'outbox'] as const) {
    const done = await changeLaidAside(db, verb, { queue, ids: ids === 'all' ? 'all' : ids[queue] })
    changed.push(...done.map((id) => `${queue}:${id}`))
  }
  const left = ids === 'all' ? [] : namesOf(ids).filter((name) => !changed.includes(name))
  const lines = [`${DONE[verb]}: ${changed.join(', ') || 'none'}`]
  if (left.length > 0) lines.push(`${CANNOT[verb]}: ${left.join(', ')}`)
  return { ok: left.length === 0, text: lines.join('\n'), data: { changed, left } }
}

async function inTransaction<T>(db: Queries, work: () => Promise<T>): Promise<T> {
  await db.query('BEGIN')
  const done = await work()
  await db.query('COMMIT')
  return done
}

function namesOf(ids: Ids): string[] {
  return [...ids.inbox.map((id) => `inbox:${id}`), ...ids.outbox.map((id) => `outbox:${id}`)]
}

async function withQueue(config: StoreConfig, work: (db: Queries) => Promise<CommandResult>): Promise<CommandResult> {
  if (!config.databaseUrl && !hasEmbedded(config.dataDir)) return noDatabase(config.dataDir)
  return withPool(
    config,
    async (pool) => {
      const query: Queries['query'] = async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
        (await pool.query<Row>(sql, [...values])).rows
      const [tables] = await query<{ there: boolean }>(`SELECT to_regclass('outbox') IS NOT NULL AS there`)
      if (tables?.there) return work({ query })
      return {
        ok: false,
        text: 'This database has no tables yet: npm run db -- deploy',
        data: { problem: 'no_tables' }
      }
    },
    'visitor'
  )
}
