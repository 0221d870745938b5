import { expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { isExported } from '../rules/exported.ts'
import { readPages } from './pages.ts'
import { CUSTOMERS, ORDERS, VISITS } from './portable.ts'
import { readSnapshot } from './snapshot.ts'
import type { ExportSource, Query, Row } from './source.ts'

const db = useDatabase()
const DAY = (n: number) => new Date(Date.UTC(2026, n % 12, 3, 1, 2, 3, n))

async function fill(): Promise<void> {
  const { prisma, cipher } = db()
  const people = await prisma.customer.createManyAndReturn({
    data: [1, 2, 3].map((n) => ({ nameSealed: cipher.seal('customer.name', `客${n}`), createdAt: DAY(n) }))
  })
  const events = people.flatMap(({ id: customerId }, person) =>
    [0, 1, 2].map((n) => ({
      ...{ customerId, at: DAY(person * 3 + n), source: 'pos', sourceId: `${person}:${n}` },
      ...{ name: n === 0 ? 'order.completed' : 'visit', properties: { amount: n } }
    }))
  )
  await prisma.event.createMany({ data: events })
  await prisma.customerTag.createMany({
    data: people.flatMap(({ id: customerId }) =>
      ['あ', 'a', 'B'].map((tag) => ({ customerId, tag, addedBy: 'x', addedAt: DAY(1) }))
    )
  })
}

async function all(source: ExportSource, query: Query): Promise<string[]> {
  const rows: Row[] = []
  for await (const page of source.select(query)) rows.push(...page)
  return rows.map((row) => JSON.stringify(row)).sort()
}

test('page by page is every row, once, and what a snapshot has: of each table, and of the files that are imported again', async () => {
  await fill()
  const pages = readPages(db(), 2)
  const tables = (await pages.tables()).filter(({ name }) => isExported(name))
  const queries = [CUSTOMERS, VISITS, ORDERS, ...tables.map((table) => table.all)]
  const paged: string[][] = []
  for (const query of queries) paged.push(await all(pages, query))
  const atOnce = await readSnapshot(db(), async (snapshot) => {
    expect((await snapshot.tables()).filter(({ name }) => isExported(name))).toEqual(tables)
    const rows: string[][] = []
    for (const query of queries) rows.push(await all(snapshot, query))
    return rows
  })
  expect(paged).toEqual(atOnce)
  expect(paged.slice(0, 3).map(({ length }) => length)).toEqual([3, 6, 3])
})

test('between two pages everybody else gets on, and nobody is told twice', async () => {
  await fill()
  const seen: unknown[] = []
  for await (const page of readPages(db(), 2).select(CUSTOMERS)) {
    seen.push(...page.map(({ id }) => id))
    // On the embedded database an open transaction would keep this waiting for ever.
    await db().prisma.customer.updateMany({ data: { locale: 'en' } })
  }
  expect(new Set(seen).size).toBe(3)
  expect(seen).toHaveLength(3)
})
