import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { eraseAs } from '../../../test/support/erase-as.ts'
import { testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import { customersFeature } from '../customers/index.ts'
import { eventsFeature } from '../events/index.ts'
import { mergeCustomers } from '../merge/index.ts'
import { exportAll, importFile, type Kind } from './index.ts'

const db = useDatabase()
const CUSTOMERS = 'customer_id,name,email\nA001,佐藤 花子,hana@example.jp\nA002,鈴木 太郎,taro@example.jp\n'
const VISITS = 'customer_id,visited_at\nA001,2026-01-05 10:00\nA002,2026-01-06 10:00\n'

async function* inOnePiece(text: string) {
  yield new TextEncoder().encode(text)
}

function setUp() {
  const scope = testScope(db())
  const files: Record<string, string> = {}
  const world = {
    scope,
    files,
    async take(kind: Kind, text: string) {
      const told: (readonly [number, unknown])[] = []
      const result = await importFile(db(), {
        ...{ kind, dryRun: false, by: 'cli', now: scope.at, timeZone: 'Asia/Tokyo' },
        bytes: inOnePiece(text),
        onRow: (line, outcome) => told.push([line, outcome])
      })
      if (!result.ok) throw new Error(result.fault.kind)
      return { ...result.summary, told }
    },
    /** Everything, as it is now, into `files`. */
    async keep() {
      const open = async (name: string) => ({
        async write(text: string) {
          files[name] = (files[name] ?? '') + text
        },
        end: async () => undefined
      })
      await exportAll(db(), { open }, { by: 'cli', now: scope.at })
    },
    customerOf: async (number: string) => {
      const told = db().cipher.blindIndex('identity.external', Buffer.from(number).toString('hex'))
      return (await db().prisma.identity.findFirst({ where: { externalHash: told } }))?.customerId ?? ''
    },
    perform: createPerform({ scope, features: [], onCommit: () => undefined })
  }
  return world
}

/** Two customers with a visit each, all of it exported; then 花子 is erased. */
async function erased() {
  const world = setUp()
  await world.take('customers', CUSTOMERS)
  await world.take('visits', VISITS)
  await world.keep()
  await eraseAs(world.scope, await world.customerOf('A001'))
  return world
}

const names = async () =>
  (await db().prisma.customer.findMany()).map(({ nameSealed }) => db().cipher.open('customer.name', nameSealed ?? ''))

test('an old file brings nobody back who was erased: their rows are left aside, told, and no failure', async () => {
  const { take } = await erased()
  expect(await take('customers', CUSTOMERS)).toMatchObject({
    rows: 2,
    erased: 1,
    duplicates: 1,
    imported: 0,
    failed: 0
  })
  const { told, ...visits } = await take('visits', VISITS)
  expect(visits).toMatchObject({ rows: 2, erased: 1, duplicates: 1, failed: 0 })
  expect(told).toContainEqual([2, 'erased'])
  expect(await names()).toEqual(['鈴木 太郎'])
})

test('an old export of ours brings nobody back, by the id they had here either', async () => {
  const { take, files } = await erased()
  for (const kind of ['customers', 'visits'] as const)
    expect(await take(kind, files[`${kind}.csv`] ?? '')).toMatchObject({
      rows: 2,
      erased: 1,
      duplicates: 1,
      imported: 0
    })
  expect([await db().prisma.customer.count(), await db().prisma.event.count()]).toEqual([1, 1])
})

test('a dry run tells of them as the import does', async () => {
  const { scope } = await erased()
  const bytes = inOnePiece(CUSTOMERS)
  const order = { kind: 'customers', dryRun: true, by: 'cli', now: scope.at, timeZone: 'Asia/Tokyo', bytes } as const
  expect(await importFile(db(), order)).toMatchObject({ ok: true, summary: { erased: 1, duplicates: 1 } })
})

test('what happens after the erasure is a new customer’s, and so is who registered after it', async () => {
  const { take, scope, customerOf } = await erased()
  scope.at = new Date(scope.at.getTime() + 3 * 86_400_000)
  const day = scope.at.toISOString().slice(0, 10)
  const visits = `customer_id,visited_at\nA001,2026-01-05 10:00\nA001,${day} 00:10\n`
  expect(await take('visits', visits)).toMatchObject({ erased: 1, imported: 1 })
  expect(await db().prisma.event.count({ where: { customerId: await customerOf('A001') } })).toBe(1)
  const registered = `customer_id,name,email,created_at\nB1,佐藤 花,hana@example.jp,${day}\nB2,花子,hana@example.jp,2020-01-01\n`
  expect(await take('customers', registered)).toMatchObject({ imported: 1, erased: 1 })
  expect(await db().prisma.customer.count({ where: { nameSealed: { not: null } } })).toBe(2)
})

test('an old export of somebody who was merged goes to whom they became part of, through however many merges', async () => {
  const { take, keep, files, customerOf, perform } = setUp()
  await take('customers', `${CUSTOMERS}A003,佐藤 はな,hanako@example.jp\n`)
  await take('visits', VISITS)
  await keep()
  const [first, second, third] = [await customerOf('A001'), await customerOf('A002'), await customerOf('A003')]
  const merge = (from: string, into: string) =>
    perform(`merge:${from}`, (work) =>
      mergeCustomers(work, [customersFeature, eventsFeature], {
        ...{ from, into, reason: 'staff', by: { kind: 'staff', id: 'U1' } }
      })
    )
  for (const [from, into] of [
    [first, second],
    [second, third]
  ] as const)
    expect(await merge(from, into)).toMatchObject({ ok: true })
  expect(await take('customers', files['customers.csv'] ?? '')).toMatchObject({ imported: 0, duplicates: 3 })
  expect(await take('visits', files['visits.csv'] ?? '')).toMatchObject({ imported: 0, duplicates: 2 })
  const more = `matane_id,visited_at\n${first},2026-01-07 10:00\n`
  expect(await take('visits', more)).toMatchObject({ imported: 1 })
  expect(await db().prisma.customer.findMany({ select: { id: true } })).toEqual([{ id: third }])
  expect(await db().prisma.event.groupBy({ by: ['customerId'] })).toEqual([{ customerId: third }])
})
