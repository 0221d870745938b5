import pg from 'pg'
import { publishFiles } from '../../src/features/definitions/index.ts'
import { recordEvents } from '../../src/features/events/index.ts'
import { keepTiers, tierDefinitions, tiersFeature } from '../../src/features/tiers/index.ts'
import { type Database, fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import type { Feature } from '../../src/platform/feature.ts'
import { createLog } from '../../src/platform/log.ts'
import { createPerform } from '../../src/platform/perform.ts'
import { median } from './figures.ts'
import { customerIdOf, TIME_ZONE } from './fill-business.ts'

export interface TierFigures {
  readonly customers: number
  /** Rows of customer_day; a customer has as many as it has active days. */
  readonly days: number
  /** Everybody placed by rules that are new, and looked at again the next day. */
  readonly placeSeconds: number
  readonly lookSeconds: number
  readonly above: number
  /** A batch of facts recorded without tiers and with them; medians. */
  readonly plainMs: number
  readonly tieredMs: number
}

const DAYS_EACH = 8
const BATCH = 100
const ROUNDS = 60
const DAY_MS = 86_400_000
const name = (en: string) => ({ ja: en, en })
const RULES = {
  ...{ window: '12 months', keep: '12 months', grace: '30d' },
  tiers: [
    { key: 'regular', name: name('Regular'), colour: '#444444' },
    { key: 'silver', name: name('Silver'), colour: '#444444', reach: { visits: 40, spend_yen: 20_000 } },
    { key: 'gold', name: name('Gold'), colour: '#444444', reach: { spend_yen: 30_000 } }
  ]
}

/** What tiers cost among so many customers: all of them at once, and with each batch of facts. */
export async function measureTiers(
  databaseUrl: string,
  customers: number,
  progress: (text: string) => void
): Promise<TierFigures> {
  const db = await openDatabase({ databaseUrl }, fieldCipher([{ id: 'bench', bytes: new Uint8Array(32).fill(1) }]))
  try {
    progress(`${customers} customers with ${DAYS_EACH} days each`)
    await fill(databaseUrl, customers)
    progress('batches of facts without tiers')
    const plainMs = await batches(db, customers, { features: [], from: 0 })
    const files = [{ path: 'loyalty/tiers.yaml', text: JSON.stringify(RULES) }]
    await publishFiles(db, { kinds: tierDefinitions, files, at: new Date() })
    progress('placing everybody')
    const placeSeconds = await keep(db, new Date())
    const above = await db.prisma.customerTier.count()
    progress('looking at everybody the next day')
    const lookSeconds = await keep(db, new Date(Date.now() + DAY_MS))
    progress('batches of facts with tiers')
    const tieredMs = await batches(db, customers, { features: [tiersFeature], from: ROUNDS * BATCH })
    return { customers, days: customers * DAYS_EACH, placeSeconds, lookSeconds, above, plainMs, tieredMs }
  } finally {
    await db.close()
  }
}

/** Over a connection of its own: the product's end a statement that takes longer than some seconds. */
async function fill(databaseUrl: string, customers: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c synchronous_commit=off' })
  await client.connect()
  const id = `('01990000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`
  const everybody = `generate_series(0, ${customers} - 1) AS n`
  await client.query(`INSERT INTO customer (id, created_at) SELECT ${id}, now() FROM ${everybody}`)
  // Three in ten spend enough for more than the first tier.
  await client.query(
    `INSERT INTO customer_day (customer_id, day, visits, orders, amount_yen)
     SELECT ${id}, current_date - 44 * d - n % 43, 1, 1, CASE WHEN n % 10 < 3 THEN 2700 + 1500 * (n % 2) ELSE 800 END
     FROM ${everybody}, generate_series(0, ${DAYS_EACH} - 1) AS d`
  )
  await client.query(`INSERT INTO customer_stats (customer_id) SELECT ${id} FROM ${everybody}`)
  await client.query('ANALYZE')
  await client.end()
}

function scopeAt(db: Database, now: Date) {
  return {
    db,
    now: () => now,
    timeZone: TIME_ZONE,
    log: { ...createLog(), info: () => undefined },
    waitUntil: () => undefined
  }
}

async function keep(db: Database, now: Date): Promise<number> {
  const scope = scopeAt(db, now)
  const perform = createPerform({ scope, features: [tiersFeature], onCommit: () => undefined })
  const startMs = performance.now()
  await keepTiers({ scope, perform, isOver: () => false })
  return (performance.now() - startMs) / 1_000
}

/** Visits of people all over the table, in units of work; the median time of a batch. */
async function batches(
  db: Database,
  customers: number,
  { features, from }: { readonly features: readonly Feature[]; readonly from: number }
): Promise<number> {
  const now = new Date()
  const perform = createPerform({ scope: scopeAt(db, now), features, onCommit: () => undefined })
  const tookMs: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const events = Array.from({ length: BATCH }, (_, index) => {
      const number = from + round * BATCH + index
      const about = { name: 'visit', at: now, source: 'bench', sourceId: `${number}`, properties: {} }
      return { ...about, customerId: customerIdOf((number * 7919) % customers) }
    })
    const startMs = performance.now()
    await perform(`bench:${from}:${round}`, (work) => recordEvents(work, events))
    tookMs.push(performance.now() - startMs)
  }
  return median(tookMs)
}
