import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { newId } from '../../core/ids.ts'
import { customerCipher, customerCiphers } from './customer-keys.ts'
import { type Database, eraseKeys, fieldCipher } from './index.ts'

const db = useDatabase()
const [AYA, KENTA] = [newId(), newId()]
const RING = { id: 'test', bytes: new Uint8Array(32).fill(7) }
const FIELD = 'customer.name'

function seal(customerId: string, text: string): Promise<string> {
  return db().transaction(async (tx) =>
    (await customerCipher({ tx, cipher: db().cipher }, customerId)).seal(FIELD, text)
  )
}

/** A customer who is called so, and what is stored of the name. */
async function customerCalled(id: string, name: string): Promise<string> {
  const nameSealed = await seal(id, name)
  await db().prisma.customer.create({ data: { id, nameSealed, createdAt: new Date() } })
  return nameSealed
}

const keyOf = (sealed: string): string => sealed.slice(0, sealed.indexOf(':'))

describe('customers’ own keys', () => {
  test('seal what is about them, each customer’s under another', async () => {
    const sealed = [await seal(AYA, '花子'), await seal(AYA, '花子'), await seal(KENTA, '花子')]
    expect(new Set(sealed.map(keyOf)).size).toBe(2)
    expect(sealed.map((value) => db().cipher.open(FIELD, value))).toEqual(['花子', '花子', '花子'])
    expect(await db().prisma.customerKey.count()).toBe(2)
  })

  test('are looked up together, and only those that were asked for', async () => {
    await db().transaction(async (tx) => {
      const cipherOf = await customerCiphers({ tx, cipher: db().cipher }, [AYA, KENTA, AYA])
      expect(keyOf(cipherOf(AYA).seal(FIELD, 'a'))).not.toBe(keyOf(cipherOf(KENTA).seal(FIELD, 'a')))
      expect(() => cipherOf(newId())).toThrow('was not asked for')
    })
    expect(await db().prisma.customerKey.count()).toBe(2)
  })

  test('that were undone with their unit of work are not used by the next', async () => {
    const undone = db().transaction(async (tx) => {
      await customerCipher({ tx, cipher: db().cipher }, AYA)
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    const sealed = await customerCalled(AYA, '花子')
    expect(`@${(await db().prisma.customerKey.findFirstOrThrow()).id}`).toBe(keyOf(sealed))
  })

  test('lie in the store under the ring only', async () => {
    await seal(AYA, '花子')
    const { id, keySealed } = await db().prisma.customerKey.findFirstOrThrow()
    expect(keySealed).toMatch(/^test:/)
    expect(() => fieldCipher([{ id: 'test', bytes: new Uint8Array(32) }]).keys.hold(id, keySealed)).toThrow()
  })
})

/** Ways to read a sealed name, each of its own kind. */
const ROADS: Record<string, (database: Database) => Promise<string | null | undefined>> = {
  'typed records': async ({ prisma }) => (await prisma.customer.findFirst())?.nameSealed,
  'a transaction': ({ transaction }) => transaction(async (tx) => (await tx.customer.findFirst())?.nameSealed),
  'SQL in a transaction': ({ transaction }) =>
    transaction(async (tx) => (await tx.$queryRaw<{ n: string }[]>`SELECT name_sealed AS n FROM customer`)[0]?.n),
  'JSON of rows': ({ prisma }) =>
    prisma.$queryRaw<
      { row: { name_sealed: string } }[]
    >`SELECT jsonb_agg(to_jsonb(own)) -> 0 AS row FROM customer AS own`.then(([found]) => found?.row.name_sealed),
  'plain SQL': async ({ query }) => (await query<{ n: string }>('SELECT name_sealed AS n FROM customer'))[0]?.n
}

test.each(Object.entries(ROADS))('what is read by %s opens, also in a process that has just begun', async (_, read) => {
  await customerCalled(AYA, '花子')
  for (const { id } of await db().prisma.customerKey.findMany()) db().cipher.keys.drop(id)
  const sealed = await read(db())
  expect(db().cipher.open(FIELD, sealed ?? '')).toBe('花子')
})

test('without the key, what was sealed says nothing any more, and the message says why', async () => {
  const [sealed, other] = [await customerCalled(AYA, '花子'), await customerCalled(KENTA, '健太')]
  await db().transaction((tx) => eraseKeys({ tx, cipher: db().cipher }, AYA))
  for (const cipher of [db().cipher, fieldCipher([RING])])
    expect(() => cipher.open(FIELD, sealed)).toThrow('erased, or this is a backup without its keys')
  expect((await db().prisma.customer.findUniqueOrThrow({ where: { id: AYA } })).nameSealed).toBe(sealed)
  expect(() => db().cipher.open(FIELD, sealed)).toThrow('erased')
  expect(db().cipher.open(FIELD, other)).toBe('健太')
})

test('texts that only look like a key’s name are texts', async () => {
  const text = `@${'x'.repeat(22)}: よろしく`
  await db().prisma.customerTag.deleteMany()
  await db().prisma.customer.create({ data: { id: AYA, createdAt: new Date() } })
  await db().prisma.customerTag.create({ data: { customerId: AYA, tag: text, addedBy: 'test', addedAt: new Date() } })
  expect((await db().prisma.customerTag.findFirstOrThrow()).tag).toBe(text)
})
