import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import { jobs } from './jobs.ts'
import { resolveCustomers } from './resolve-customers.ts'
import { toldIdentity } from './rules/identity.ts'
import { nameKey } from './rules/name.ts'
import { saveAttributes } from './store/attributes.ts'
import { nameColumns } from './store/names.ts'
import { type CustomerSearch, customerProfile, searchCustomers } from './store/profile.ts'

const db = useDatabase()
const createdAt = new Date('2026-01-01T00:00:00Z')

async function named(name: string | undefined, id?: string): Promise<string> {
  const data = { ...nameColumns(db().cipher, name), createdAt, ...(id && { id }) }
  return (await db().prisma.customer.create({ data })).id
}

async function search(by: Partial<CustomerSearch> & { limit?: number }): Promise<string[]> {
  const found = await searchCustomers(db().prisma, db().cipher, {
    ...{ name: 'nobody', tail: undefined, identities: [], limit: 10 },
    ...by
  })
  return found.map(({ id }) => id)
}

const told = (kind: string, value: string) => {
  const identity = toldIdentity(kind, value)
  if (!identity.ok) throw new Error(identity.message)
  return identity.value
}

const owning = (...identities: ReturnType<typeof told>[]) =>
  db().transaction(async (tx) => {
    const work = { tx, cipher: db().cipher, now: createdAt }
    return (await resolveCustomers(work, [{ told: identities, at: work.now }]))[0] ?? ''
  })

describe('a name is found', () => {
  test.each(['佐藤 花子', '佐藤花子', '佐藤　花子', '佐藤花子様', '佐藤 花子 さん'])(
    'when %s is typed',
    async (typed) => {
      const id = await named('佐藤 花子')
      await named('佐藤 花')
      expect(await search({ name: typed })).toEqual([id])
    }
  )

  test('whatever its case and width, but only as a whole', async () => {
    const id = await named('Ｅｍｍａ Wilson')
    expect(await search({ name: 'emma WILSON' })).toEqual([id])
    expect(await search({ name: 'Emma' })).toEqual([])
  })

  test('and the store holds no part of it', async () => {
    const id = await named('佐藤 花子')
    const row = await db().prisma.customer.findUniqueOrThrow({ where: { id } })
    expect(JSON.stringify(row)).not.toMatch(/佐藤|花子/)
  })

  test.each([
    ['佐藤 花子 様', '佐藤花子'],
    ['ﾊﾅｺ', 'ハナコ'],
    [' A  b ', 'ab'],
    ['様', '']
  ])('"%s" is looked up as "%s"', (name, key) => expect(nameKey(name)).toBe(key))
})

test('contacts, member numbers and the end of the id lead to their customer; several hits come seen last first', async () => {
  const id = await owning(told('email', 'Hanako@Example.jp'), told('pos', 'A-1'))
  const other = await named(undefined, `01980000-0000-7000-8000-00000000${id.slice(-4)}`)
  await db().prisma.customerStats.create({
    data: { customerId: other, lastDay: new Date('2026-11-20'), stage: 'active' }
  })
  expect(await search({ identities: [told('email', 'hanako@example.jp')] })).toEqual([id])
  expect(await search({ identities: [told('pos', 'A-1'), told('phone', '090-1234-5678')] })).toEqual([id])
  expect(await search({ identities: [told('pos', 'a-1')] })).toEqual([])
  expect(await search({ tail: id.slice(-4) })).toEqual([other, id])
  expect(await search({ tail: id.slice(-4), identities: [told('pos', 'A-1')], limit: 1 })).toEqual([other])
})

test('a search reads indexes, however many customers there are', async () => {
  await db().query(
    `INSERT INTO customer (id, name_hash, created_at) SELECT gen_random_uuid(), 'hash ' || n, now() FROM generate_series(1, 3000) AS n`
  )
  await db().query('ANALYZE customer')
  const plan = await db().query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT id FROM customer WHERE name_hash = 'x' UNION SELECT id FROM customer WHERE right(id::text, 4) = 'a1b2'`
  )
  const text = plan.map((row) => row['QUERY PLAN']).join('\n')
  expect(text).toContain('customer_name_hash_idx')
  expect(text).toContain('customer_id_tail')
  expect(text).not.toContain('Seq Scan')
})

test('names stored before they could be found become findable, and nameless customers stay as they are', async () => {
  const id = await named('佐藤 花子')
  await named(undefined)
  await db().query('UPDATE customer SET name_hash = NULL')
  expect(await search({ name: '佐藤花子' })).toEqual([])
  const scope = testScope(db())
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  const [job] = jobs
  const context = { scope, perform, config: {} as never }
  await job?.run(context, createdAt)
  await job?.run(context, createdAt)
  expect(await search({ name: '佐藤花子' })).toEqual([id])
  expect(scope.lines).toMatchObject([{ data: { names: 1 } }])
})

test('a name that a source tells is findable at once, and no more once it is taken back', async () => {
  const id = await owning(told('pos', 'A-1'))
  const tell = (value: string | null, at: Date) =>
    db().transaction((tx) =>
      saveAttributes(tx, db().cipher, [
        { customerId: id, at, by: 'test', attribute: { name: 'name', value, coarse: undefined } }
      ])
    )
  await tell('佐藤 花子', createdAt)
  expect(await search({ name: '佐藤花子' })).toEqual([id])
  await tell(null, new Date(createdAt.getTime() + 1))
  expect(await search({ name: '佐藤花子' })).toEqual([])
})

test('a profile tells all identities, opened, and nothing of a customer who is not there', async () => {
  const id = await owning(told('email', 'hanako@example.jp'), told('phone', '090-1234-5678'))
  const profile = await customerProfile(db().prisma, db().cipher, id)
  expect(profile).toMatchObject({ id, name: undefined, locale: 'ja', tags: [] })
  expect(profile?.identities.map(({ kind, value }) => [kind, value]).sort()).toEqual([
    ['email', 'hanako@example.jp'],
    ['phone', '+819012345678']
  ])
  expect(await customerProfile(db().prisma, db().cipher, crypto.randomUUID())).toBeUndefined()
})
