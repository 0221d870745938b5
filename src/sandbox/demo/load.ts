import { z } from 'zod'
import { current } from '../../features/definitions/index.ts'
import { currentTiers } from '../../features/tiers/index.ts'
import type { Database, Tx } from '../../platform/db/index.ts'
import { type DemoSettings, demoCustomers } from './customers.ts'
import { followUpsOf } from './follow-ups.ts'
import { type PointsTerms, writePoints } from './points.ts'
import { type Writing, writeCards, writeCustomers, writeFollowUps, writeTiers, writeVoices } from './rows.ts'

/** Chosen so that the figures look like those of a shop that does well, with something left to do. */
const SEED = 21

export interface DemoOptions extends Omit<DemoSettings, 'seed'> {
  /** Slack ids of those who looked after unhappy customers; empty = no such history. */
  readonly staff: readonly string[]
}

/**
 * Fills an empty database with the demo shop, all or nothing; a database that has customers is left as it is. Cards, points
 * and answers need their definitions published before; without them they are left out. Answers the number of customers added.
 */
export async function loadDemo(db: Database, options: DemoOptions): Promise<number> {
  if ((await db.prisma.customer.count()) > 0) return 0
  const customers = demoCustomers({ ...options, seed: SEED })
  return db.transaction(async (tx) => {
    const writing: Writing = { tx, cipher: db.cipher, now: options.now, timeZone: options.timeZone }
    await writeCustomers(writing, customers)
    const tiers = await currentTiers(tx)
    if (tiers) await writeTiers(writing, customers, tiers)
    const survey = await current(tx, 'survey', 'nps')
    if (survey) await writeVoices(writing, customers, survey.id)
    const terms = await cardTerms(tx)
    if (terms) await writeCards(writing, customers, terms)
    const points = await pointsTerms(tx)
    if (points) await writePoints(writing, customers, points)
    if (survey) await writeFollowUps(writing, followUpsOf(customers, { ...options, seed: SEED }))
    return customers.length
  })
}

const StampCardBody = z.looseObject({
  goal: z.int(),
  expires: z.string().optional(),
  reward: z.looseObject({ key: z.string(), valid_for: z.string().optional() })
})

async function cardTerms(tx: Tx) {
  const published = await current(tx, 'stamp_card', 'main')
  const body = StampCardBody.safeParse(published?.body)
  if (!published || !body.success) return undefined
  const { goal, expires, reward } = body.data
  return { definitionId: published.id, goal, expires, coupon: reward.key, couponValidFor: reward.valid_for }
}

const PointsBody = z.looseObject({
  earn: z.array(z.looseObject({ on: z.string(), points: z.int() })),
  expires: z.string().optional()
})

async function pointsTerms(tx: Tx): Promise<PointsTerms | undefined> {
  const body = PointsBody.safeParse((await current(tx, 'points', 'points'))?.body)
  const perVisit = body.data?.earn.find(({ on }) => on === 'visit')?.points
  return perVisit === undefined ? undefined : { perVisit, expires: body.data?.expires }
}
