import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { customerAttributes, tagName } from '../customers/index.ts'
import { exportAll, importFile, type Kind } from './index.ts'
import { csvReader } from './rules/csv.ts'
import { exportedColumns, isExported } from './rules/exported.ts'

const db = useDatabase()
const NOW = new Date('2026-11-21T03:00:00Z')

/** All files of an export, by name. */
async function exported(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  await exportAll(
    db(),
    {
      open: async (name) => ({
        write: async (text) => void files.set(name, (files.get(name) ?? '') + text),
        end: async () => undefined
      })
    },
    { by: 'cli', now: NOW }
  )
  return files
}

async function importText(kind: Kind, text: string) {
  const bytes = (async function* () {
    yield new TextEncoder().encode(text)
  })()
  const result = await importFile(db(), { kind, bytes, dryRun: false, by: 'cli', now: NOW, timeZone: 'Asia/Tokyo' })
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  expect(result.summary.errors).toEqual([])
  return result.summary
}

/** Who the customers are and what they did, opened, for comparing. */
async function known() {
  const { cipher, prisma } = db()
  const customers = await prisma.customer.findMany({
    include: { identities: true, tags: true },
    orderBy: { id: 'asc' }
  })
  const events = await prisma.event.findMany({
    select: { customerId: true, name: true, at: true, source: true, sourceId: true, shop: true, properties: true },
    orderBy: [{ sourceId: 'asc' }]
  })
  const people = []
  for (const { id, nameSealed, locale, createdAt, identities, tags } of customers) {
    people.push({
      ...{ id, locale, createdAt, name: nameSealed && cipher.open('customer.name', nameSealed) },
      identities: identities
        .map(({ channel, externalSealed }) => `${channel} ${cipher.open('identity.external', externalSealed)}`)
        .sort(),
      tags: tags.map(({ tag }) => tag).sort(),
      attributes: [...(await customerAttributes(prisma, cipher, id))]
    })
  }
  return { people, events }
}

async function wipe(): Promise<void> {
  await db().query('TRUNCATE customer, event, event_key CASCADE')
}

async function importExport(files: ReadonlyMap<string, string>) {
  const summaries = []
  for (const kind of ['customers', 'visits', 'orders'] as const)
    summaries.push(await importText(kind, files.get(`${kind}.csv`) ?? ''))
  return summaries
}

const CUSTOMERS = `会員番号,氏名,メールアドレス,電話番号,誕生日,性別,都道府県,タグ
1,=佐藤 花子,hanako@example.jp,090-1234-5678,1985-12-03,女性,東京都,"-VIP、@常連"
1,,h2@example.jp,,,,,
2,"鈴木 ""太郎"", Jr.",,,5月12日,,,
3,,,,,,,
`
const VISITS = '会員番号,来店日,金額,店舗\n1,2026/1/5 10:20,1200,=駅前店\n1,2026/1/5 10:20,1200,=駅前店\n3,2026/2/1,,\n'
const ORDERS = '会員番号,注文日,金額,注文番号\n1,2026/1/5,5000,-A1\n1,2026/1/9,-5000,-A1\n2,2026/1/5,300,\n'

describe('an export that is imported again', () => {
  test('gives the same customers, visits and orders in an empty database, and nothing new in the same one', async () => {
    await importText('customers', CUSTOMERS)
    await importText('visits', VISITS)
    await importText('orders', ORDERS)
    const before = await known()
    expect(before.people).toHaveLength(3)
    expect(before.events).toHaveLength(6)
    const files = await exported()
    const again = await importExport(files)
    expect(again.map(({ imported }) => imported)).toEqual([0, 0, 0])
    expect(await known()).toEqual(before)
    await wipe()
    const anew = await importExport(files)
    expect(anew.map(({ imported }) => imported)).toEqual([3, 3, 3])
    expect(await known()).toEqual(before)
  })

  test('whatever names, tags and shops people think of', async () => {
    const letters = ['=', '+', '-', '@', "'", '"', ',', ';', '、', '\t', 'a', 'あ', '髙', '😀', ' ']
    const nasty = fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 }).map((text) => `${text}x`)
    const [names, tags, shops] = fc.sample(fc.array(nasty, { minLength: 30, maxLength: 30 }), 3)
    const { prisma, cipher } = db()
    const ids = await prisma.customer.createManyAndReturn({
      data: (names ?? []).map((name) => ({
        nameSealed: cipher.seal('customer.name', name.replaceAll('\t', ' ').trim()),
        createdAt: NOW
      })),
      select: { id: true }
    })
    const tagged = ids.flatMap(({ id }, index) => {
      const tag = tagName(tags?.[index] ?? '')
      return tag === undefined ? [] : [{ customerId: id, tag, addedBy: 'x', addedAt: NOW }]
    })
    await prisma.customerTag.createMany({ data: tagged })
    await prisma.event.createMany({
      data: ids.map(({ id }, index) => ({
        ...{ customerId: id, name: 'visit', at: NOW, source: 'pos', sourceId: `=${index}` },
        shop: (shops?.[index] ?? '').replaceAll('\t', ' ').trim()
      }))
    })
    const before = await known()
    const files = await exported()
    await wipe()
    await importExport(files)
    const after = await known()
    const plain = (state: typeof before) => state.people.map(({ id, name, tags: own }) => ({ id, name, own }))
    expect(plain(after)).toEqual(plain(before))
    expect(after.events).toEqual(before.events)
  })
})

test('no cell of any CSV file is one that a spreadsheet would compute, and each file begins as Excel wants it', async () => {
  await importText('customers', CUSTOMERS)
  await importText('visits', VISITS)
  await importText('orders', ORDERS)
  for (const [name, text] of await exported()) {
    if (!name.endsWith('.csv')) continue
    expect(text.startsWith('\uFEFF')).toBe(true)
    const reader = csvReader(',')
    const cells = [...reader.push(text.slice(1)), ...reader.end()].flatMap(({ cells = [] }) => cells)
    // A number is no formula: money given back is negative.
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-\d+$/.test(cell))).toEqual([])
  }
})

test('each table is there, opened, as CSV and as JSON lines; secrets, hashes and the queue are not', async () => {
  await importText('customers', CUSTOMERS)
  await importText('visits', VISITS)
  await db().query(
    `INSERT INTO shop (id, name_ja, name_en, secret_sealed, link_key_sealed, created_at) VALUES ('ekimae', '駅前店', 'Station', $1, $2, now())`,
    [db().cipher.seal('shop.secret', 'TOP-SECRET'), db().cipher.seal('shop.link_key', 'TOP-SECRET')]
  )
  await db().query(
    `UPDATE event SET properties_sealed = $1 WHERE id = (SELECT id FROM event WHERE properties ->> 'amount' = '1200' LIMIT 1)`,
    [db().cipher.seal('event.properties', '{"memo":"窓側の席"}')]
  )
  const files = await exported()
  const jsonl = (table: string) =>
    (files.get(`tables/${table}.jsonl`) ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  expect(jsonl('customer').map(({ name }) => name)).toContain('=佐藤 花子')
  expect(jsonl('identity').map(({ external }) => external)).toContain('hanako@example.jp')
  expect(jsonl('event').map(({ properties }) => properties)).toContainEqual({ amount: 1200, memo: '窓側の席' })
  expect(jsonl('customer_attribute').map(({ value }) => value)).toContain('1985-12-03')
  expect(jsonl('shop')).toMatchObject([{ id: 'ekimae', name_ja: '駅前店' }])
  const all = [...files.values()].join('')
  expect(all).not.toContain('TOP-SECRET')
  expect(all).not.toMatch(/_hash|test:[A-Za-z0-9+/]{20}/)
  expect([...files.keys()].filter((name) => /inbox|outbox|setting\.|event_2|event_default/.test(name))).toEqual([])
})

test('what no key opens is counted and left empty; the rest is there', async () => {
  await importText('visits', VISITS)
  await db().query(
    `UPDATE customer SET name_sealed = 'gone:AAAA' WHERE id = (SELECT min(id::text)::uuid FROM customer)`
  )
  const { files, unreadable } = await exportAll(
    db(),
    { open: async () => ({ write: async () => undefined, end: async () => undefined }) },
    { by: 'cli', now: NOW }
  )
  expect(unreadable).toEqual({ 'customer.name': 3 })
  expect(files['customers.csv']).toBe(2)
})

test('that somebody exported is on record', async () => {
  await exportAll(
    db(),
    { open: async () => Promise.reject(new Error('disk full')) },
    { by: 'U01MANAGER', now: NOW }
  ).catch(() => undefined)
  expect(await db().prisma.audit.findMany()).toMatchObject([
    { actorId: 'U01MANAGER', action: 'data.export', subjectId: 'all' }
  ])
})

test('every sealed column of the schema is opened by the field it was sealed with', async () => {
  const root = join(import.meta.dirname, '../../..')
  const sources = globSync('src/{features,platform}/**/*.ts', {
    cwd: root,
    exclude: (name) => name.endsWith('.test.ts')
  })
  const code = sources.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
  const tables = await db().query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name LIKE '%\\_sealed' AND table_name !~ '^event_'`
  )
  expect(tables.length).toBeGreaterThan(8)
  const unknown = tables
    .filter(({ table }) => isExported(table))
    .flatMap(({ table, column }) => exportedColumns(table, [column]))
    .filter(({ field }) => !code.includes(`'${field}'`))
  expect(unknown).toEqual([])
})
