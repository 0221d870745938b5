import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { lockKey } from './index.ts'

const db = useDatabase()

test('a transaction that throws leaves nothing behind', async () => {
  const work = db().transaction(async (tx) => {
    await tx.customer.create({ data: { createdAt: new Date('2026-11-21T00:00:00Z') } })
    await lockKey(tx, 'a')
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(await db().prisma.customer.count()).toBe(0)
})

test('times come back as they were written, by every road', async () => {
  const createdAt = new Date('2026-11-21T01:02:03.456Z')
  const { id } = await db().prisma.customer.create({ data: { createdAt } })
  const [row] = await db().query<{ created_at: Date }>('SELECT created_at FROM customer WHERE id = $1', [id])
  expect(row?.created_at).toEqual(createdAt)
  const viaKysely = await db().kysely.selectFrom('customer').select('created_at').executeTakeFirstOrThrow()
  expect(viaKysely.created_at).toEqual(createdAt)
  expect((await db().prisma.customer.findUniqueOrThrow({ where: { id } })).createdAt).toEqual(createdAt)
})
