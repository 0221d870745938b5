import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { shiftJis } from '../../../test/support/encodings.ts'
import { customerAttributes } from '../customers/index.ts'
import { fileFaultText, type ImportOrder, importFile, type Kind, Mapping, rowFaultText } from './index.ts'

const db = useDatabase()
const NOW = new Date('2026-11-21T03:00:00Z')

async function* inPieces(bytes: Uint8Array, size = 1000) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

function importText(kind: Kind, text: string | Uint8Array, over: Partial<ImportOrder> = {}) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const order = { kind, bytes: inPieces(bytes), dryRun: false, by: 'cli', now: NOW, timeZone: 'Asia/Tokyo', ...over }
  return importFile(db(), order)
}

async function summaryOf(...args: Parameters<typeof importText>) {
  const result = await importText(...args)
  if (!result.ok) throw new Error(fileFaultText('en', result.fault))
  return result.summary
}

/** Everything that an import writes, without ids of our own and times of writing. */
async function written() {
  return db().query<{ name: string }>(
    `SELECT name, at, source, source_id, shop, properties, visits, orders, amount_yen
     FROM event JOIN customer_stats USING (customer_id) ORDER BY source_id`
  )
}

const VISITS = `会員番号,来店日,時刻,金額,店舗
A001,2026/1/5,10:20,"￥1,200",駅前店
A002,令和8年1月6日,,,駅前店
A001,2026/2/1,18:00,980円,本店
`

test('visits become events and figures, in the business’s time zone, from what Excel in Japan writes', async () => {
  const summary = await summaryOf('visits', shiftJis(VISITS.replaceAll('\n', '\r\n')))
  expect(summary).toMatchObject({ rows: 3, imported: 3, duplicates: 0, failed: 0, errors: [] })
  expect(summary.file).toMatchObject({ encoding: 'shift_jis', how: 'names', unused: [] })
  expect(summary.file.columns).toEqual({
    customer_id: '会員番号',
    visited_at: '来店日',
    time: '時刻',
    amount: '金額',
    shop: '店舗'
  })
  const events = await db().prisma.event.findMany({ orderBy: { at: 'asc' } })
  expect(events.map(({ name, at, shop, properties }) => [name, at.toISOString(), shop, properties])).toEqual([
    ['visit', '2026-01-05T01:20:00.000Z', '駅前店', { amount: 1200 }],
    ['visit', '2026-01-05T15:00:00.000Z', '駅前店', {}],
    ['visit', '2026-02-01T09:00:00.000Z', '本店', { amount: 980 }]
  ])
  expect(await db().prisma.customerStats.findMany({ where: { visits: 2 } })).toHaveLength(1)
  expect(await db().query('SELECT 1 FROM event_default')).toEqual([])
})

test('the same file again, or one that overlaps, brings nothing twice', async () => {
  await summaryOf('visits', VISITS)
  const before = await written()
  expect(await summaryOf('visits', VISITS)).toMatchObject({ imported: 0, duplicates: 3 })
  expect(await written()).toEqual(before)
  const reordered = `店舗,金額,時刻,来店日,会員番号\n本店,980,18:00,2026-02-01,A001\n本店,980,19:00,2026-02-01,A001\n`
  expect(await summaryOf('visits', reordered)).toMatchObject({ imported: 1, duplicates: 1 })
})

test('two rows that say the same are two visits; two with one id are one order', async () => {
  const twice = 'customer_id,visited_at,amount\n1,2026-01-05,500\n1,2026-01-05,500\n'
  expect(await summaryOf('visits', twice)).toMatchObject({ imported: 2 })
  expect(await summaryOf('visits', twice)).toMatchObject({ imported: 0, duplicates: 2 })
  const orders =
    'customer_id,ordered_at,amount,order_id\n1,2026-01-05,500,X1\n1,2026-01-06,700,X1\n2,2026-01-05,500,X1\n'
  expect(await summaryOf('orders', orders)).toMatchObject({ imported: 2, duplicates: 1 })
})

test('an import that broke off in the middle is run again, and all is as if it had not', async () => {
  const rows = Array.from(
    { length: 1800 },
    (_, index) => `C${index % 50},2026/1/${(index % 28) + 1},${index % 7},${'メモ'.repeat(15)}`
  )
  const text = ['customer_id,visited_at,amount,memo', ...rows].join('\n')
  await summaryOf('visits', text)
  const whole = await written()
  await db().query('TRUNCATE customer, event, event_key CASCADE')
  async function* broken() {
    const bytes = new TextEncoder().encode(text)
    yield* inPieces(bytes.subarray(0, bytes.length / 2), 1000)
    throw new Error('the disk is gone')
  }
  await expect(importText('visits', '', { bytes: broken() })).rejects.toThrow('the disk is gone')
  const { imported, duplicates } = await summaryOf('visits', text)
  expect(duplicates).toBeGreaterThan(400)
  expect(imported + duplicates).toBe(1800)
  expect(await written()).toEqual(whole)
})

test('a dry run says the same as the import, and writes nothing', async () => {
  await summaryOf('visits', VISITS)
  const more = `${VISITS}A003,2026/3/1,,,\n,2026/3/1,,,\nA003,いつか,,,\n`
  const counts = async () =>
    db().query(
      'SELECT (SELECT count(*) FROM customer) AS c, (SELECT count(*) FROM event) AS e, (SELECT count(*) FROM audit) AS a, (SELECT count(*) FROM pg_class WHERE relname LIKE $1) AS p',
      ['event_2%']
    )
  const before = await counts()
  const told: unknown[] = []
  const dry = await summaryOf('visits', more, { dryRun: true, onRow: (line, outcome) => told.push([line, outcome]) })
  expect(await counts()).toEqual(before)
  expect(told).toHaveLength(6)
  expect(told).toContainEqual([5, 'imported'])
  const { dryRun: _dry, ...rest } = await summaryOf('visits', more)
  expect(dry).toMatchObject({ ...rest, imported: 1, duplicates: 3, failed: 2 })
})

test('each row that is not taken says its line, its column and what to do; the others are taken', async () => {
  const text = `顧客番号,電話,注文日,金額,注文番号
1,,2026/1/5,1000,A1
,,2026/1/5,1000,A2
2,0312,2026/1/5,1000,A3
3,,01/05/2026,1000,A4
4,,1900/1/1,1000,A5
5,,2100/1/1,1000,A6
6,,2026/1/5,千円,A7
7,,2026/1/5,,A8
8,,2026/1/5,99999999999,A9
9,,2026/1/5,"1000,B1
10,なし,2026/1/5,-1000,B2
`
  const { errors, ...summary } = await summaryOf('orders', text)
  expect(summary).toMatchObject({ rows: 11, imported: 2, failed: 9 })
  expect(errors.map(({ line, problem, field }) => [line, problem, field])).toEqual([
    [3, 'no_customer', undefined],
    [4, 'bad_identity', 'phone'],
    [5, 'date_order', 'ordered_at'],
    [6, 'too_early', 'ordered_at'],
    [7, 'too_late', 'ordered_at'],
    [8, 'bad_amount', 'amount'],
    [9, 'no_amount', 'amount'],
    [10, 'too_large', 'amount'],
    [11, 'quotes', undefined]
  ])
  expect(errors.map((error) => rowFaultText('ja', error))[3]).toBe(
    '6行目・ordered_at“1900/1/1”: 1990年より前の日付です'
  )
  expect(rowFaultText('en', { line: 4, problem: 'bad_identity', field: 'phone', value: '0312' })).toMatch(
    /^line 4, phone “0312” cannot/
  )
  const names = (await db().prisma.event.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name)
  expect(names).toEqual(['order.completed', 'order.refunded'])
})

test('letters of another encoding are told by line, and nothing garbled is stored', async () => {
  const bytes = Buffer.concat([
    Buffer.from('会員番号,来店日,店舗\n1,2026/1/5,駅前店\n'),
    shiftJis('2,2026/1/5,駅前店\n'),
    Buffer.from('3,2026/1/5,駅前店\n')
  ])
  const { imported, errors } = await summaryOf('visits', bytes)
  expect(imported).toBe(2)
  expect(errors).toEqual([{ line: 3, problem: 'encoding', field: 'shop' }])
})

describe('customers', () => {
  const FILE = `会員番号,姓,名,メールアドレス,電話番号,誕生日,性別,タグ
A001,佐藤,花子,Hanako@Example.jp,090-1234-5678,昭和60年12月3日,女性,"VIP、常連"
A002,鈴木,,,,5月12日,,
`
  test('are found or made by what names them, with names, birthdays and tags', async () => {
    expect(await summaryOf('customers', FILE)).toMatchObject({ rows: 2, imported: 2, duplicates: 0, failed: 0 })
    const rows = await db().prisma.customer.findMany({ include: { tags: true, identities: true } })
    const nameOf = ({ nameSealed }: { nameSealed: string | null }) =>
      db().cipher.open('customer.name', nameSealed ?? '')
    expect(rows.map(nameOf).sort()).toEqual(['佐藤 花子', '鈴木'])
    const hanako = rows.find((row) => nameOf(row) === '佐藤 花子')
    expect(hanako?.tags.map(({ tag }) => tag).sort()).toEqual(['VIP', '常連'])
    expect(hanako?.identities.map(({ channel }) => channel).sort()).toEqual(['email', 'phone', 'pos'])
    expect((await customerAttributes(db().prisma, db().cipher, hanako?.id ?? '')).get('birthday')).toBe('1985-12-03')
    // A visit told by the address alone is theirs.
    await summaryOf('visits', 'email,visited_at\nhanako@example.jp,2026-01-05\n')
    expect(await db().prisma.event.findFirst()).toMatchObject({ customerId: hanako?.id })
  })

  test('who is known is brought up to date, not made again', async () => {
    await summaryOf('customers', FILE)
    const later = { now: new Date(NOW.getTime() + 1000) }
    const again = FILE.replace('花子', '華子')
    expect(await summaryOf('customers', again, later)).toMatchObject({ imported: 0, duplicates: 2 })
    const names = (await db().prisma.customer.findMany()).map(({ nameSealed }) =>
      db().cipher.open('customer.name', nameSealed ?? '')
    )
    expect(names.sort()).toEqual(['佐藤 華子', '鈴木'])
  })

  test('nobody takes a LINE account by a file', async () => {
    const result = await importText('customers', 'line,name\nU0123456789abcdef0123456789abcdef,佐藤\n')
    expect(result).toMatchObject({ ok: false, fault: { kind: 'unclear_columns', fields: ['who'] } })
  })
})

describe('a mapping', () => {
  const text = 'code;when;sum;memo\n7;05.01.2026 10:00;3;x\n'
  const mapping = Mapping.parse({
    source: 'till',
    columns: { customer_id: 'code', ordered_at: 'when', amount: 'sum' },
    date_order: 'dmy',
    time_zone: 'UTC',
    amount_times: 1000
  })

  test('says which column is which, and is remembered for files with the same columns', async () => {
    expect(await importText('orders', text)).toMatchObject({
      ok: false,
      fault: { kind: 'unclear_columns', fields: ['who', 'ordered_at', 'amount'] }
    })
    expect(await summaryOf('orders', text, { mapping })).toMatchObject({
      imported: 1,
      file: { how: 'mapping', unused: ['memo'], delimiter: ';' }
    })
    expect(await db().prisma.event.findFirst()).toMatchObject({
      source: 'till',
      at: new Date('2026-01-05T10:00:00Z'),
      properties: { amount: 3000 }
    })
    const moved = 'memo;sum;when;code\nx;4;06.01.2026 10:00;7\n'
    expect(await summaryOf('orders', moved)).toMatchObject({ imported: 1, file: { how: 'remembered' } })
  })

  test('of a dry run is not remembered', async () => {
    await summaryOf('orders', text, { mapping, dryRun: true })
    expect(await importText('orders', text)).toMatchObject({ ok: false })
  })
})

test('known systems: a Shopify export with an order of two things, one not paid and one by nobody', async () => {
  const text = `Name,Email,Financial Status,Created at,Total,Lineitem name
#1001,hanako@example.jp,paid,2026-01-05 10:20:00 +0900,5400,Tea
#1001,hanako@example.jp,,,,Cup
#1002,taro@example.jp,pending,2026-01-05 11:00:00 +0900,900,Tea
#1003,,paid,2026-01-05 12:00:00 +0900,900,Tea
`
  const { file, ...summary } = await summaryOf('orders', text)
  expect(summary).toMatchObject({ rows: 4, imported: 1, skipped: 2, failed: 1 })
  expect(file).toMatchObject({ preset: 'Shopify', how: 'preset' })
  expect(await db().prisma.event.findMany()).toMatchObject([
    { source: 'shopify', properties: { order_id: '#1001', amount: 5400 } }
  ])
})

test.each([
  ['', 'empty'],
  ['\n\n', 'empty'],
  ['送信者タイプ,送信者名,送信日,送信時刻,内容\nUser,佐藤,2026/1/5,10:00,こんにちは\n', 'line_chat'],
  ['ファイル\n1\n', 'unclear_columns']
])('%j is no file to import: %s', async (text, kind) => {
  const result = await importText('visits', text)
  expect(result).toMatchObject({ ok: false, fault: { kind } })
  if (!result.ok) for (const locale of ['ja', 'en'] as const) expect(fileFaultText(locale, result.fault)).not.toBe('')
})

test('a hundred columns, and a cell with line ends in it', async () => {
  const more = Array.from({ length: 97 }, (_, index) => `x${index}`)
  const header = ['customer_id', 'visited_at', ...more, 'shop'].join(',')
  const row = ['1', '2026-01-05', ...more.map(() => '"a\n""b"""'), '駅前店'].join(',')
  const { imported, errors } = await summaryOf('visits', `${header}\n${row}\n2,bad${','.repeat(98)}\n`)
  expect(imported).toBe(1)
  expect(errors).toMatchObject([{ line: 2 + 97 + 1, problem: 'bad_date' }])
})

test('who imported what is on record, without anything personal', async () => {
  await summaryOf('visits', VISITS, { by: 'U01MANAGER' })
  const [entry] = await db().prisma.audit.findMany()
  expect(entry).toMatchObject({
    actorKind: 'staff',
    actorId: 'U01MANAGER',
    action: 'data.import',
    subjectType: 'data',
    subjectId: 'visits'
  })
})

test('what names an event is keyed: addresses cannot be guessed from it', async () => {
  await summaryOf('visits', 'email,visited_at\nhanako@example.jp,2026-01-05\n')
  const [event] = await db().prisma.event.findMany()
  expect(event?.sourceId).toMatch(/^[\w-]{43}$/)
  expect(JSON.stringify(event)).not.toContain('hanako')
})

test('a row that leads to more than the database can hold keeps no other one out', async () => {
  const orders = (numbers: readonly string[]) =>
    `customer_id,ordered_at,amount,order_id\n${numbers.map((n, at) => `${n},2026-01-05,1000000000,${n}${at}`).join('\n')}\n`
  await summaryOf('orders', orders(['full']))
  await db().query('UPDATE customer_day SET amount_yen = 9223372036854775000')
  const { errors, ...counts } = await summaryOf('orders', orders(['1', '2', 'full', '3', '4']))
  expect(counts).toMatchObject({ rows: 5, imported: 4, failed: 1 })
  expect(errors).toEqual([{ line: 4, problem: 'unfit' }])
  expect(await db().prisma.event.count()).toBe(5)
})
