import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { recognised } from '../../../test/support/recognised.ts'
import { newId } from '../../core/ids.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Feature } from '../../platform/feature.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Work } from '../../platform/work.ts'
import { customerPort, customerSummary, knownTags, lineIdentity, tagCustomer, untagCustomer } from './index.ts'

const db = useDatabase()
const USER = 'U4af4980629b3c1c1f0d2b5e6a7c8d9e0'
const HANAKO = { displayName: '佐藤 花子', language: 'ja' }

function setUp(features: readonly Feature[] = []) {
  const scope = testScope(db())
  const perform = createPerform({ scope, features, onCommit: () => undefined })
  const port = customerPort({ scope, fetchProfile: async () => HANAKO })
  const run = <T>(body: (work: Work) => Promise<T>): Promise<T> => perform(`test:${newId()}`, body)
  const recognise = (profile = HANAKO, userId = USER) =>
    run((work) => recognised(port.recognise(work, userId, { profile })))
  const summary = (id: string) => customerSummary(db().prisma, db().cipher, id)
  return { scope, port, run, recognise, summary }
}

describe('recognising people on LINE', () => {
  test('a person we never met becomes one customer with a LINE identity', async () => {
    const { recognise, summary } = setUp()
    const customer = await recognise()
    expect(customer).toEqual({ id: expect.any(String), name: '佐藤 花子', locale: 'ja' })
    expect(await summary(customer.id)).toMatchObject({ name: '佐藤 花子', locale: 'ja', visits: 0, tags: [] })
    expect(await lineIdentity(db().prisma, db().cipher, customer.id)).toEqual({ userId: USER, blockedAt: undefined })
  })

  test('the same person is the same customer, however often and however much at once they come', async () => {
    const { recognise } = setUp()
    const found = await Promise.all(Array.from({ length: 20 }, () => recognise()))
    expect(new Set(found.map(({ id }) => id)).size).toBe(1)
    expect(await db().prisma.customer.count()).toBe(1)
  })

  test('new or known, a customer is locked until the work ends', async () => {
    const { run, port } = setUp()
    const locks = async ({ tx }: Work) =>
      (
        await tx.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM pg_locks
        WHERE locktype = 'advisory' AND pid = pg_backend_pid()`
      )[0]?.n
    for (const _ of ['new', 'known']) {
      await run(async (work) => {
        const { id } = await recognised(port.recognise(work, USER, { profile: HANAKO }))
        const held = await locks(work)
        await lockKey(work.tx, id)
        expect(await locks(work)).toBe(held)
      })
    }
  })

  test('two people are two customers', async () => {
    const { recognise } = setUp()
    const [one, other] = [await recognise(), await recognise(HANAKO, 'Uffffffffffffffffffffffffffffffff')]
    expect(one.id).not.toBe(other.id)
  })

  test('name and LINE user id are nowhere readable in the store', async () => {
    const { recognise } = setUp()
    await recognise()
    const rows = [await db().query('SELECT * FROM customer'), await db().query('SELECT * FROM identity')]
    expect(JSON.stringify(rows)).not.toMatch(/佐藤|U4af4980/)
  })

  test('without a profile the customer is nameless and Japanese until a profile comes', async () => {
    const { run, port, summary, recognise } = setUp()
    const { id, name, locale } = await run((work) => recognised(port.recognise(work, USER, {})))
    expect({ name, locale }).toEqual({ name: undefined, locale: 'ja' })
    expect(await port.lookUp(USER)).toEqual(HANAKO)
    await recognise({ displayName: 'Emma', language: 'en-GB' })
    expect(await summary(id)).toMatchObject({ name: 'Emma', locale: 'en' })
    expect(await port.lookUp(USER)).toBeUndefined()
  })

  test('a known customer keeps name and language when LINE tells no profile', async () => {
    const { run, port, recognise } = setUp()
    const { id } = await recognise({ displayName: 'Emma', language: 'en' })
    const again = await run((work) => port.recognise(work, USER, {}))
    expect(again).toEqual({ id, name: 'Emma', locale: 'en' })
  })

  test('a profile that cannot be fetched holds nobody up and says nothing personal in the log', async () => {
    const scope = testScope(db())
    const port = customerPort({ scope, fetchProfile: () => Promise.reject(new Error('LINE is down')) })
    expect(await port.lookUp(USER)).toBeUndefined()
    expect(scope.lines).toHaveLength(1)
    expect(JSON.stringify(scope.lines)).not.toContain(USER)
  })

  test.each([
    ['a NUL and half a surrogate pair', 'a\u0000b\ud800', 'ab\ufffd'],
    ['nothing but spaces', '  ', undefined],
    ['1,000 characters', '長'.repeat(1000), `${'長'.repeat(99)}…`]
  ])('a display name of %s is stored safely', async (_what, displayName, expected) => {
    const { recognise, summary } = setUp()
    const { id } = await recognise({ displayName, language: 'ja' })
    expect((await summary(id))?.name).toBe(expected)
  })
})

describe('tags', () => {
  test('a tag is put on once and taken off once, however it is written', async () => {
    const { recognise, run, summary } = setUp()
    const { id } = await recognise()
    const put = (tag: string) => run((work) => tagCustomer(work, { customerId: id, tag, by: 'slack:U1' }))
    expect([await put('#VIP'), await put('ＶＩＰ'), await put('  '), await put('常連')]).toEqual([
      true,
      false,
      false,
      true
    ])
    expect((await summary(id))?.tags).toEqual(['VIP', '常連'])
    const take = (tag: string) => run((work) => untagCustomer(work, id, tag))
    expect([await take(' VIP'), await take('VIP'), await take('')]).toEqual([true, false, false])
    expect((await summary(id))?.tags).toEqual(['常連'])
  })

  test('the tags in use come most used first, up to a limit', async () => {
    const { recognise, run } = setUp()
    const ids = [await recognise(), await recognise(HANAKO, 'U2'), await recognise(HANAKO, 'U3')].map(({ id }) => id)
    for (const [index, customerId] of ids.entries()) {
      for (const tag of ['c', 'b', 'a'].slice(0, index + 1)) {
        await run((work) => tagCustomer(work, { customerId, tag, by: 'slack:U1' }))
      }
    }
    expect(await knownTags(db().prisma, 2)).toEqual(['c', 'b'])
  })
})

test('there is no summary of a customer who does not exist', async () => {
  expect(await setUp().summary('00000000-0000-7000-8000-000000000000')).toBeUndefined()
})
