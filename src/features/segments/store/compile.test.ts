import fc from 'fast-check'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { ALLOWED, FIRST_TIER, isMember, TOLD_FIGURES } from '../../../../test/support/segment-oracle.ts'
import {
  COUPONS,
  NOW,
  type Person,
  person,
  SURVEYS,
  storePeople,
  TAGS,
  ZONE
} from '../../../../test/support/segment-world.ts'
import { checkSegment } from '../rules/check.ts'
import { isRanked, isSince } from '../rules/figures.ts'
import { type Condition, type EventLeaf, type Leaf, STAGES } from '../rules/schema.ts'
import { membersSql } from './compile.ts'

const db = useDatabase()
const moment = { now: NOW, timeZone: ZONE, allowedByDefault: ALLOWED, firstTier: FIRST_TIER }

const small = fc.constantFrom(0, 1, 1.5, 2, 3, 499.5, 500, 1000)
const days = fc.constantFrom(0, 1, 29, 30, 31, 90, 365)
const span = fc.constantFrom(undefined, '1d', '30d', '90d', '365d', '5h', '10h', '34h')

const figure: fc.Arbitrary<Leaf> = fc.constantFrom(...TOLD_FIGURES).chain((name) => {
  const bound = isSince(name) ? days : small
  const bounds = fc.oneof(
    fc.record({ gte: bound }),
    fc.record({ lte: bound }),
    fc.record({ gte: bound, lte: bound }),
    fc.record({ is: bound })
  )
  const percent = fc.constantFrom(1, 10, 33, 50, 99)
  const ranks = fc.oneof(fc.record({ top_percent: percent }), fc.record({ bottom_percent: percent }))
  const known = fc.boolean().map((value) => ({ known: value }))
  const tests = isRanked(name)
    ? fc.oneof(bounds, ranks)
    : name === 'days_since_created'
      ? bounds
      : fc.oneof(bounds, known)
  return tests.map((test) => ({ figure: name, ...test }))
})

const WHERES: readonly EventLeaf['where'][] = [
  undefined,
  undefined,
  { amount: { gte: 1000 } },
  { amount: 500 },
  { amount: { lte: 500, gte: 0 } },
  { campaign: { any_of: ['spring', 7] } },
  { campaign: { is: "o'clock; --" } },
  { trial: true },
  { score: { gte: 6, is: 9 } }
]
const EVENTS = ['visit', 'order.completed', 'message.clicked', 'survey.answered', 'subscription.started', '会員登録']

const event: fc.Arbitrary<Leaf> = fc.record({
  event: fc.constantFrom(...EVENTS),
  shop: fc.constantFrom(undefined, undefined, 'kamakura', ['kamakura', 'zushi']),
  at_least: fc.constantFrom(undefined, 1, 2),
  in_last: span,
  where: fc.constantFrom(...WHERES)
})

const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  { arbitrary: figure, weight: 4 },
  { arbitrary: event, weight: 3 },
  fc.subarray([...TAGS], { minLength: 1 }).map((tag) => ({ tag })),
  fc.subarray([...STAGES], { minLength: 1 }).map((stage) => ({ stage })),
  fc.record({ score: fc.constantFrom('recency', 'frequency', 'money'), gte: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ survey: fc.constantFrom(...SURVEYS), lte: fc.integer({ min: 0, max: 10 }), in_last: span }),
  fc.record({ coupon: fc.constantFrom('any', ...COUPONS), state: fc.constantFrom('redeemed', 'expired') }),
  fc.record({
    coupon: fc.constantFrom('any', ...COUPONS),
    state: fc.constantFrom('usable'),
    expires_in: fc.constantFrom(undefined, '1d', '14d')
  }),
  fc.constantFrom<Leaf>({ consent: 'marketing' }, { consent: 'research', is: 'refused' }, { consent: 'profiling' }),
  fc.constantFrom<Leaf>({ consent: 'research' }, { consent: 'marketing', is: 'refused' }),
  fc.constantFrom<Leaf>({ birthday: 'this_month' }, { birthday: 'next_month' }, { birthday: 1 }, { birthday: 10 }),
  fc.constantFrom<Leaf>({ gender: 'female' }, { gender: 'other' }, { prefecture: '東京都' }),
  fc.constantFrom<Leaf>(
    { tier: 'gold' },
    { tier: 'regular' },
    { tier: ['gold', 'regular'] },
    { tier: ['silver', 'gold'] }
  ),
  fc.constantFrom<Leaf>({ locale: 'ja' }, { locale: 'en' }),
  fc.constantFrom<Leaf>({ line: 'reachable' }, { line: 'blocked' }, { line: 'none' })
)

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: leaf, weight: 3 },
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not }))
  )
}))

async function members(who: Condition): Promise<string[]> {
  const { rows } = await membersSql(who, moment).execute(db().kysely)
  return rows.map(({ id }) => id)
}

const isUnclear = ({ answers }: Person) =>
  new Set(answers.map(({ survey, when }) => `${survey} ${when.daysAgo} ${when.ms}`)).size < answers.length

describe('what SQL says of a small business is what plain data say', () => {
  for (const stale of [0, 40])
    test(`with figures of ${stale} days ago`, { timeout: 120_000 }, async () => {
      const people = fc.sample(person, { numRuns: 60, seed: 11 + stale }).filter((one) => !isUnclear(one))
      await storePeople(db(), people, stale)
      await fc.assert(
        fc.asyncProperty(condition, async (who) => {
          const expected = people.filter((one) => isMember(who, one, people)).map(({ id }) => id)
          expect((await members(who)).sort()).toEqual(expected.sort())
        }),
        { numRuns: 150 }
      )
    })
})

const compiler = new Kysely<object>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (on) => new PostgresIntrospector(on),
    createQueryCompiler: () => new PostgresQueryCompiler()
  }
})

describe('nothing that is written in a segment becomes SQL', () => {
  const hostile = fc.constantFrom(
    "'; DROP TABLE customer; --",
    '$1',
    '"',
    "\\' OR 1=1 --",
    '%s',
    '日本',
    '{}',
    '/* */',
    'evil'
  )
  const evil: fc.Arbitrary<Condition> = fc
    .tuple(hostile, hostile, fc.integer({ min: 100_000, max: 999_999 }))
    .chain(([one, other, number]) =>
      fc.constantFrom<Condition>(
        { event: one, shop: [one, other], where: { [other]: { is: one, any_of: [other, number], gte: number } } },
        { event: one, where: { [one]: other }, at_least: number },
        { tag: [one, other] },
        { tier: [one, other] },
        { survey: one, gte: number },
        { coupon: other, state: 'usable' },
        { not: { figure: 'amount_yen', gte: number, lte: number } },
        { any: [{ figure: 'days_since_last_visit', gte: number % 9999 }, { tag: one }] }
      )
    )

  test('the text of the query is the same whatever the words and numbers', () => {
    const texts = new Map<string, Set<string>>()
    fc.assert(
      fc.property(evil, (who) => {
        const { sql: text, parameters } = membersSql(who, moment).compile(compiler)
        expect(parameters.length).toBeGreaterThan(0)
        const shape = JSON.stringify(who, (_key, value: unknown) => (typeof value === 'object' ? value : 0))
        const plain = shape.replace(/"where":\{"(?:[^"\\]|\\.)*"/, '"where":{"p"')
        texts.set(plain, (texts.get(plain) ?? new Set()).add(text))
      }),
      { numRuns: 500 }
    )
    for (const [shape, forms] of texts) expect([shape, forms.size]).toEqual([shape, 1])
  })

  test('hostile words run as words', async () => {
    await fc.assert(
      fc.asyncProperty(evil, async (who) => {
        expect(await members(who)).toEqual([])
      }),
      { numRuns: 40 }
    )
  })
})

test('the generated conditions are ones that a file may hold', () => {
  const known = {
    eventName: (told: string) => told,
    clearProperties: () => ['amount', 'campaign', 'trial', 'score'],
    tagName: (told: string) => told,
    prefectureName: (told: string) => told
  }
  fc.assert(
    fc.property(condition, (who) => {
      const checked = checkSegment({ id: 'xx', name: { ja: 'あ', en: 'a' }, who }, known)
      expect(checked.ok || checked.error.issues).toBe(true)
    })
  )
})
