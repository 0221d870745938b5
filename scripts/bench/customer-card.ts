import { findCustomer, viewCustomer } from '../../src/features/customer-card/index.ts'
import { fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { createLog } from '../../src/platform/log.ts'
import { createPerform } from '../../src/platform/perform.ts'
import { median, percentile } from './figures.ts'
import { customerIdOf, TIME_ZONE } from './fill-business.ts'
import type { SegmentPlan } from './segments.ts'

export interface CustomerCardFigures {
  /** Medians: finding those whose id ends as typed, and reading one customer's card with its newest page of events. */
  readonly findMs: number
  readonly viewMs: number
  readonly viewP99Ms: number
}

const CARDS = 200
/** Far apart from one another, so that each card is read from other pages than the last. */
const STRIDE = 7_919

/** How fast a customer is found and their card is read, in a business that `measureSegments` has filled. */
export async function measureCustomerCard(
  databaseUrl: string,
  { customers }: SegmentPlan
): Promise<CustomerCardFigures> {
  const db = await openDatabase({ databaseUrl }, fieldCipher([{ id: 'bench', bytes: new Uint8Array(32).fill(1) }]))
  const scope = {
    ...{ db, now: () => new Date(), timeZone: TIME_ZONE, log: createLog() },
    waitUntil: () => undefined
  }
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  try {
    const findMs: number[] = []
    const viewMs: number[] = []
    for (let card = 0; card < CARDS; card += 1) {
      const id = customerIdOf((card * STRIDE) % customers)
      findMs.push(await took(perform(`bench:find:${card}`, (work) => findCustomer(work, id.slice(-4), 'U1'))))
      viewMs.push(await took(perform(`bench:view:${card}`, (work) => viewCustomer(work, { id }, 'U1'))))
    }
    return { findMs: median(findMs), viewMs: median(viewMs), viewP99Ms: percentile(viewMs, 99) }
  } finally {
    await db.close()
  }
}

async function took(what: Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  if ((await what) === undefined) throw new Error('There is no such customer')
  return performance.now() - startMs
}
