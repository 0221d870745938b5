import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { testScope } from '../../../../test/support/queue.ts'
import { member, staffDesk } from '../../../../test/support/staff-desk.ts'
import { unzip } from '../../../../test/support/unzip.ts'
import { addDuration } from '../../../core/time.ts'
import type { HttpEnv } from '../../../platform/feature.ts'
import { transferFeature } from '../index.ts'
import { dropExportLinks } from '../store/export-links.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
const KATE = member('UKATE', { role: 'manager', locale: 'en' })

/** The room alone: its form, and its routes. */
function setUp() {
  const scope = testScope(db())
  const managers = new Set([BOSS.id, KATE.id])
  const room = transferFeature({
    files: { find: async () => 'gone', read: async () => 'gone' },
    mayExport: async (_context, userId) => managers.has(userId)
  })
  const desk = staffDesk(scope, [room])
  const app = new Hono<HttpEnv>()
  app.use((http, next) => {
    http.set('context', desk.context)
    return next()
  })
  room.routes?.(app)
  return {
    scope,
    managers,
    /** What a manager does, and the form that shows them the link. */
    async ask(choice: string, who = BOSS) {
      const [form] = (await desk.command(who, '/matane export', '')).modals
      if (!form) throw new Error('No form')
      const [shown] = (await desk.submit(who, form, { choice })).modals
      const [, path = ''] = /"http:\/\/localhost(\/export\/[\w-]{43})"/.exec(JSON.stringify(shown)) ?? []
      return { path, form: JSON.stringify(form), shown: JSON.stringify(shown) }
    },
    page: async (path: string, language = 'ja') => app.request(path, { headers: { 'accept-language': language } }),
    download: async (path: string) => app.request(path, { method: 'POST' })
  }
}

/** Who did what with what, oldest first. */
async function onRecord() {
  const rows = await db().prisma.audit.findMany({
    where: { action: { startsWith: 'data.' } },
    orderBy: { seq: 'asc' }
  })
  return rows.map(({ action, actorId, subjectId, detailSealed }) => ({
    ...{ action, actorId, subjectId },
    detail: detailSealed === null ? undefined : JSON.parse(db().cipher.open('audit.detail', detailSealed))
  }))
}

async function aCustomer(): Promise<void> {
  const { cipher, prisma } = db()
  const { id } = await prisma.customer.create({
    data: { nameSealed: cipher.seal('customer.name', '佐藤 花子'), createdAt: new Date() }
  })
  const visit = { customerId: id, name: 'visit', at: new Date('2026-11-01T01:00:00Z'), source: 'pos', sourceId: '1' }
  await prisma.event.create({ data: visit })
}

describe('a manager who asks for an export', () => {
  test('gets a link whose page uses up nothing, and the file; all of it is on record', async () => {
    const { ask, page, download } = setUp()
    await aCustomer()
    const { path, form, shown } = await ask('customers')
    expect(form).toContain('操作記録')
    expect(shown).toContain('11/21 11:00')
    for (const [language, words] of [
      ['ja', ['顧客 (CSV)', 'あと3回', '個人情報']],
      ['en', ['Customers (CSV)', '3 more times', 'personal data']]
    ] as const) {
      const answer = await page(path, language)
      const text = await answer.text()
      for (const word of words) expect(text).toContain(word)
      expect(text).not.toContain('花子')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    }
    const file = await download(path)
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="matane-customers-2026-11-21.csv"')
    expect(file.headers.get('cache-control')).toBe('no-store')
    expect(await file.text()).toContain('佐藤 花子')
    expect(await (await page(path)).text()).toContain('あと2回')
    const who = { actorId: BOSS.id, subjectId: 'customers' }
    expect(await onRecord()).toEqual([
      { action: 'data.export_link', ...who, detail: { until: '2026-11-21T02:00:00.000Z' } },
      { action: 'data.export', ...who, detail: undefined },
      { action: 'data.export_end', ...who, detail: { outcome: 'complete', rows: 1 } }
    ])
  })

  test('of everything gets one archive: the files that are imported again and each table, opened, without secrets', async () => {
    const { ask, download } = setUp()
    await aCustomer()
    const fetched = async (choice: string) => {
      const { path } = await ask(choice, KATE)
      return unzip(Buffer.from(await (await download(path)).arrayBuffer()))
    }
    const csv = await fetched('all_csv')
    expect([...csv.keys()].slice(0, 3)).toEqual(['customers.csv', 'visits.csv', 'orders.csv'])
    expect(csv.get('visits.csv')?.split('\r\n')).toHaveLength(3)
    expect(csv.get('tables/customer.csv')).toContain('佐藤 花子')
    expect([...csv.keys()].filter((name) => /export_link|outbox|jsonl/.test(name))).toEqual([])
    expect(csv.get('tables/shop.csv')).not.toContain('secret')
    const lines = await fetched('all_jsonl')
    expect(JSON.parse(lines.get('tables/event.jsonl') ?? '')).toMatchObject({ name: 'visit', source: 'pos' })
    expect([...lines.keys()].filter((name) => !name.endsWith('.jsonl'))).toEqual([])
    expect(lines.size).toBe(csv.size - 3)
  })

  test('goes away in the middle of it: reading ends there, and so says the record', async () => {
    const { ask, download } = setUp()
    await aCustomer()
    const reader = (await download((await ask('all_csv')).path)).body?.getReader()
    // The file's own header, its column names, and its first rows.
    for (const _piece of [1, 2, 3]) await reader?.read()
    await reader?.cancel()
    expect((await onRecord()).at(-1)).toMatchObject({
      action: 'data.export_end',
      detail: { outcome: 'broken_off', rows: 1 }
    })
  })
})

describe('a link opens nothing, and says kindly what to do,', () => {
  const told = async (answer: Response) => ({ status: answer.status, text: await answer.text() })

  test('when nobody made it', async () => {
    const { page, download } = setUp()
    const forged = `/export/${'A'.repeat(43)}`
    for (const answer of [await page(forged), await download(forged)])
      expect(await told(answer)).toMatchObject({ status: 404, text: expect.stringContaining('/matane export') })
    expect(await onRecord()).toEqual([])
  })

  test('when its hour is over', async () => {
    const { ask, page, download, scope } = setUp()
    const { path } = await ask('orders')
    scope.at = addDuration(scope.at, '59m')
    expect((await page(path)).status).toBe(200)
    scope.at = addDuration(scope.at, '1m')
    expect(await told(await page(path, 'en'))).toMatchObject({ status: 410, text: expect.stringContaining('hour') })
    expect((await download(path)).status).toBe(410)
  })

  test('when it was used three times, by those who use it at once too', async () => {
    const { ask, page, download } = setUp()
    const { path } = await ask('visits')
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => download(path)))
    await Promise.all(answers.map((answer) => answer.text()))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 410, 410])
    expect(await told(await page(path))).toMatchObject({ status: 410, text: expect.stringContaining('3回') })
  })

  test('when who made it is no manager any more', async () => {
    const { ask, download, managers } = setUp()
    const { path } = await ask('customers')
    managers.delete(BOSS.id)
    expect(await told(await download(path))).toMatchObject({ status: 403 })
    expect((await onRecord()).map(({ action }) => action)).toEqual(['data.export_link'])
  })
})

test('links that opened nothing any more are forgotten in time', async () => {
  const { ask, scope } = setUp()
  await ask('customers')
  const forget = (before: Date) => dropExportLinks(db().prisma, before)
  expect(await forget(addDuration(scope.at, '1h'))).toBe(0)
  expect(await forget(addDuration(scope.at, '61m'))).toBe(1)
})
