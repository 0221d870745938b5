import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { newId } from '../../core/ids.ts'
import { sealAllAnew, sealAnew } from './seal-anew.ts'
import { SEALED_COLUMNS } from './store/sealed.ts'

const db = useDatabase()
const at = new Date('2026-11-21T00:00:00Z')

/** Sealed columns that belong to nobody, or stay under the installation's key: keys, secrets, what is on its way, the log. */
const STAYS = [
  ...['customer_key.key', 'shop.secret', 'shop.link_key', 'inbox.body', 'outbox.payload', 'link_proof.identity'],
  ...['audit.detail', 'import_upload.report', 'import_upload_part.rows', 'customer_merge_row.changes']
]

test('every sealed column of the database is known', async () => {
  const rows = await db().query<{ name: string }>(
    `SELECT table_name || '.' || replace(column_name, '_sealed', '') AS name FROM information_schema.columns
     JOIN pg_class ON relname = table_name AND NOT relispartition
     WHERE table_schema = 'public' AND column_name LIKE '%\\_sealed'`
  )
  const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column.replace('_sealed', '')}`)
  expect(rows.map(({ name }) => name).sort()).toEqual([...known, ...STAYS].sort())
})

/** A customer from before customers had keys: all of it lies under the installation's. */
async function oldCustomer(name: string): Promise<string> {
  const { prisma, cipher } = db()
  const id = newId()
  await prisma.customer.create({ data: { id, createdAt: at, nameSealed: cipher.seal('customer.name', name) } })
  await prisma.identity.create({
    data: {
      ...{ customerId: id, channel: 'pos', externalHash: id, createdAt: at },
      externalSealed: cipher.seal('identity.external', name)
    }
  })
  await prisma.event.create({
    data: {
      ...{ customerId: id, name: 'own', at, source: 'pos', sourceId: id, properties: {} },
      propertiesSealed: cipher.seal('event.properties', `{"memo":"${name}"}`)
    }
  })
  const followUp = await prisma.followUp.create({ data: { customerId: id, priority: 'high', dueAt: at, openedAt: at } })
  await prisma.followUpActivity.create({
    data: {
      ...{ followUpId: followUp.id, actor: 'U1', action: 'tag', cause: id, at },
      detailSealed: cipher.seal('follow_up_activity.detail', name)
    }
  })
  return id
}

async function values(id: string): Promise<string[]> {
  const { prisma } = db()
  const { nameSealed } = await prisma.customer.findUniqueOrThrow({ where: { id } })
  const { externalSealed } = await prisma.identity.findFirstOrThrow({ where: { customerId: id } })
  const { propertiesSealed } = await prisma.event.findFirstOrThrow({ where: { customerId: id } })
  const { detailSealed } = await prisma.followUpActivity.findFirstOrThrow({ where: { cause: id } })
  return [nameSealed ?? '', externalSealed, propertiesSealed ?? '', detailSealed ?? '']
}

test('what lies under the installation’s key is sealed under each customer’s own, once, and says the same', async () => {
  const ids: string[] = []
  for (let n = 0; n < 103; n += 1) ids.push(n < 2 ? await oldCustomer(`${n}さん`) : newId())
  await db().prisma.customer.createMany({ data: ids.slice(2).map((id) => ({ id, createdAt: at })) })
  const said: string[] = []
  expect(await sealAllAnew(db(), (done, total) => said.push(`${done}/${total}`))).toBe(8)
  expect(said).toEqual(['100/103', '103/103'])
  for (const [n, id] of ids.slice(0, 2).entries()) {
    const [name, external, properties, detail] = await values(id)
    const keys = [name, external, properties, detail].map((value) => value?.slice(1, 23))
    const own = await db().prisma.customerKey.findFirstOrThrow({ where: { customerId: id } })
    expect(new Set(keys)).toEqual(new Set([own.id]))
    expect(db().cipher.open('customer.name', name ?? '')).toBe(`${n}さん`)
    expect(db().cipher.open('event.properties', properties ?? '')).toBe(`{"memo":"${n}さん"}`)
  }
  expect(await sealAllAnew(db())).toBe(0)
})

test('what was sealed by one for another is sealed by its owner; what no key opens is left', async () => {
  const [aya, kenta] = [await oldCustomer('彩'), await oldCustomer('健太')]
  await sealAllAnew(db())
  const { nameSealed } = await db().prisma.customer.findUniqueOrThrow({ where: { id: aya } })
  await db().prisma.customer.update({ where: { id: kenta }, data: { nameSealed } })
  const anew = () => db().transaction((tx) => sealAnew({ tx, cipher: db().cipher }, [kenta]))
  expect(await anew()).toBe(1)
  await db().prisma.customer.update({ where: { id: kenta }, data: { nameSealed } })
  const { id: key } = await db().prisma.customerKey.findFirstOrThrow({ where: { customerId: aya } })
  await db().prisma.customerKey.delete({ where: { id: key } })
  db().cipher.keys.drop(key)
  expect(await anew()).toBe(0)
})
