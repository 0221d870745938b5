import { serveFrom } from './child.ts'
import { type LanePlan, measurePace } from './lanes.ts'
import { WRITE_KEY } from './wire.ts'

const BATCH = 100
const PEOPLE = 5_000
/** Everybody has been seen once by then. */
const WARM_UP_BATCHES = PEOPLE / BATCH
const DAY_MS = 86_400_000
const NAMES = ['Store Visited', 'Order Completed', 'Page', 'Store Visited', 'Email Sent', 'Feature Used'] as const

/**
 * Events a second that the server takes over HTTP, in Segment's form and batches of 100: checked, their customers found,
 * stored with everything that belongs to them, and answered.
 */
export async function measureHttpIngest(databaseUrl: string, plan: LanePlan): Promise<number> {
  const server = await serveFrom('intake-server.ts', { BENCH_DATABASE_URL: databaseUrl })
  try {
    for (let batch = 0; batch < WARM_UP_BATCHES; batch += 1) await send(server.origin, batch)
    const { perSecond } = await measurePace(plan, (batch) => send(server.origin, WARM_UP_BATCHES + batch))
    return perSecond
  } finally {
    await server.stop()
  }
}

/** How many of a batch were stored; throws when it was not taken, which would make the figure mean nothing. */
async function send(origin: string, batch: number): Promise<number> {
  const messages = Array.from({ length: BATCH }, (_, index) => messageOf(batch * BATCH + index))
  const answer = await fetch(`${origin}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${WRITE_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch: messages })
  })
  if (!answer.ok) throw new Error(`A batch was answered with ${answer.status}`)
  const { stored } = (await answer.json()) as { stored: number }
  return stored
}

/** People in turn, at times of the last two months. */
function messageOf(number: number) {
  return {
    type: 'track',
    messageId: `event-${number}`,
    userId: `customer-${number % PEOPLE}`,
    event: NAMES[number % NAMES.length] ?? 'Store Visited',
    timestamp: new Date(Date.now() - ((number * 104_729) % (60 * DAY_MS))).toISOString(),
    properties: { order_id: `order-${number}`, total: 1000 + (number % 5000), memo: 'window seat, two people' }
  }
}
