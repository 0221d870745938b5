import fc from 'fast-check'
import { newId } from '../../src/core/ids.ts'
import { addDays, dayOf, startOfDay } from '../../src/core/time.ts'
import { ensureMonths, recordEvents, STAGES } from '../../src/features/events/index.ts'
import type { Database } from '../../src/platform/db/index.ts'

/** A small business for segments: everything that a condition can ask about, as plain data. */
export interface Person {
  readonly id: string
  readonly locale: 'ja' | 'en'
  readonly createdDaysAgo: number
  readonly line: 'reachable' | 'blocked' | 'none'
  readonly tags: readonly string[]
  /** Month and day. */
  readonly birthday: string | null
  readonly gender: 'female' | 'male' | null
  /** In the order in which they were given. */
  readonly consents: readonly { readonly purpose: string; readonly status: 'granted' | 'refused' | 'withdrawn' }[]
  /** Put over what the figures came to, so that stages and quintiles of all kinds occur; null = as it came. */
  readonly tier: string | null
  readonly stage: (typeof STAGES)[number] | null
  readonly scores: readonly [number, number, number] | null
  readonly events: readonly Happening[]
  readonly answers: readonly { readonly survey: string; readonly score: number | null; readonly when: When }[]
  readonly coupons: readonly { readonly key: string; readonly expiresIn: number | null; readonly redeemed: boolean }[]
}

/** A business day before today, and a moment of it: its first and last millisecond are where mistakes show. */
export interface When {
  readonly daysAgo: number
  readonly ms: number
}

export interface Happening {
  readonly name: string
  readonly when: When
  readonly shop: string | undefined
  readonly properties: Readonly<Record<string, string | number | boolean>>
}

export const NOW = new Date('2026-11-21T01:00:00Z')
export const ZONE = 'Asia/Tokyo'
export const TODAY = dayOf(NOW, ZONE)

/** The instant of a moment. */
export function instantOf({ daysAgo, ms }: When): Date {
  return new Date(startOfDay(addDays(TODAY, -daysAgo), ZONE).getTime() + ms)
}

const when: fc.Arbitrary<When> = fc.record({
  daysAgo: fc.oneof(fc.constantFrom(0, 1, 29, 30, 31, 89, 90, 364, 365), fc.integer({ min: 0, max: 400 })),
  ms: fc.constantFrom(0, 1, 36_000_000, 86_399_999)
})

const amount = fc.constantFrom(0, 500, 500, 1000, 3000)
const shop = fc.constantFrom(undefined, 'kamakura', 'zushi')
const happening = (name: string, properties: Record<string, fc.Arbitrary<string | number | boolean>>) =>
  fc.record({ name: fc.constant(name), when, shop, properties: fc.record(properties) })

const events = fc.oneof(
  happening('visit', {}),
  happening('visit', { amount }),
  happening('order.completed', { order_id: fc.constant('o'), amount }),
  happening('order.refunded', { order_id: fc.constant('o'), amount }),
  happening('message.clicked', { campaign: fc.constantFrom('spring', "o'clock; --") }),
  happening('feedback.given', { sentiment: fc.constantFrom('positive', 'negative') }),
  happening('survey.answered', { survey: fc.constant('nps'), score: fc.constantFrom(0, 6, 9) }),
  happening('subscription.started', { trial: fc.boolean() }),
  happening('会員登録', {})
)

export const TAGS = ['VIP', '予約', "x'y"] as const
export const SURVEYS = ['csat', 'nps'] as const
export const COUPONS = ['free-drink', 'cake'] as const

export const person: fc.Arbitrary<Person> = fc.record({
  id: fc.constant(undefined).map(() => newId()),
  locale: fc.constantFrom('ja', 'en'),
  createdDaysAgo: fc.constantFrom(0, 29, 30, 400),
  line: fc.constantFrom('reachable', 'reachable', 'blocked', 'none'),
  tags: fc.subarray([...TAGS]),
  birthday: fc.option(fc.constantFrom('01-01', '10-31', '11-01', '11-30', '12-01', '12-31')),
  gender: fc.option(fc.constantFrom('female', 'male')),
  consents: fc.array(
    fc.record({
      purpose: fc.constantFrom('marketing', 'research'),
      status: fc.constantFrom('granted', 'refused', 'withdrawn')
    }),
    { maxLength: 3 }
  ),
  stage: fc.option(fc.constantFrom(...STAGES)),
  tier: fc.option(fc.constantFrom('regular', 'silver', 'gold')),
  scores: fc.option(fc.tuple(quintile(), quintile(), quintile())),
  events: fc.array(events, { maxLength: 8 }),
  answers: fc.array(
    fc.record({ survey: fc.constantFrom(...SURVEYS), score: fc.option(fc.integer({ min: 0, max: 10 })), when }),
    { maxLength: 3 }
  ),
  coupons: fc.array(
    fc.record({
      key: fc.constantFrom(...COUPONS),
      expiresIn: fc.option(fc.constantFrom(-3, 0, 1, 14, 15, 60)),
      redeemed: fc.boolean()
    }),
    { maxLength: 2 }
  )
})

function quintile() {
  return fc.integer({ min: 1, max: 5 })
}

/** Stores people as the product does. Their windows end with the day `figuresDaysAgo`, as if the clock had stopped then. */
export async function storePeople(db: Database, people: readonly Person[], figuresDaysAgo: number): Promise<void> {
  await db.prisma.customer.createMany({
    data: people.map(({ id, locale, createdDaysAgo }) => ({
      ...{ id, locale, createdAt: instantOf({ daysAgo: createdDaysAgo, ms: 0 }) }
    }))
  })
  await ensureMonths(db, instantOf({ daysAgo: 430, ms: 0 }), NOW)
  const now = new Date(NOW.getTime() - figuresDaysAgo * 86_400_000)
  const told = people.flatMap(eventsOf)
  await db.transaction((tx) => recordEvents({ tx, cipher: db.cipher, now, timeZone: ZONE }, told))
  for (const one of people) await storeRest(db, one)
}

function eventsOf({ id, events: happened, coupons }: Person) {
  const redeemed = coupons.flatMap(({ redeemed: used }, index) =>
    used
      ? [{ name: 'coupon.redeemed', when: TODAY_NOON, shop: undefined, properties: { serial: `${id}-${index}` } }]
      : []
  )
  return [...happened, ...redeemed].map(({ when: at, ...event }, index) => ({
    ...{ ...event, customerId: id, at: instantOf(at), source: 'test', sourceId: `${id}-${index}` }
  }))
}

const TODAY_NOON: When = { daysAgo: 0, ms: 43_200_000 }

async function storeRest(db: Database, one: Person): Promise<void> {
  const { id, line, tags, birthday, gender, stage, tier, scores, answers, coupons } = one
  if (line !== 'none')
    await db.prisma.identity.create({
      data: {
        ...{ customerId: id, channel: 'line', externalHash: id, externalSealed: '', createdAt: NOW },
        blockedAt: line === 'blocked' ? NOW : null
      }
    })
  if (tier) await db.prisma.customerTier.create({ data: { customerId: id, tier, rank: 0, since: NOW } })
  await db.prisma.customerTag.createMany({
    data: tags.map((tag) => ({ customerId: id, tag, addedBy: 'U1', addedAt: NOW }))
  })
  await db.prisma.customerAttribute.createMany({
    data: Object.entries({ birthday, gender }).flatMap(([name, coarse]) =>
      coarse ? [{ customerId: id, name, coarse, valueSealed: 'x', toldAt: NOW, toldBy: 'test' }] : []
    )
  })
  await db.prisma.consentChange.createMany({
    data: one.consents.map((consent, index) => ({
      ...{ ...consent, customerId: id, version: 1, source: 'test', cause: `c${index}` },
      at: new Date(NOW.getTime() - 1_000 + index)
    }))
  })
  const [recencyScore = null, frequencyScore = null, moneyScore = null] = scores ?? []
  await db.prisma.customerStats.updateMany({
    where: { customerId: id },
    data: { stage, recencyScore, frequencyScore, moneyScore }
  })
  await db.prisma.surveyResponse.createMany({
    data: answers.map(({ survey, score, when: at }) => ({
      ...{ customerId: id, survey, definitionId: id, runId: newId(), score, startedAt: NOW },
      scoredAt: score === null ? null : instantOf(at)
    }))
  })
  await db.prisma.couponGrant.createMany({
    data: coupons.map(({ key, expiresIn }, index) => ({
      ...{
        customerId: id,
        coupon: key,
        definitionId: id,
        serial: `${id}-${index}`,
        cause: `c${index}`,
        grantedAt: NOW
      },
      expiresAt: expiresIn === null ? null : instantOf({ daysAgo: -expiresIn, ms: 0 })
    }))
  })
}
