import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guessDelimiter } from './delimiter.ts'
import { guessColumns } from './fields.ts'
import { harmless, original } from './formula.ts'
import { isSkipped, layOut, Mapping } from './mapping.ts'
import { Occurrences } from './occurrences.ts'
import { isLineChat, presetFor } from './presets.ts'

describe('cells that a spreadsheet would compute', () => {
  test.each(['=1+1', '+819012345678', '-5', '@SUM(A1)', '\t=1', "'=1", '\r=1'])('%j is made harmless', (text) => {
    expect(harmless(text)).toBe(`'${text}`)
  })
  test.each(['佐藤', '', '1,200', "O'Neil", "'quoted'", 'a=b'])('%j stays as it is', (text) => {
    expect(harmless(text)).toBe(text)
  })
  test('and come back as they were', () => {
    const letters = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '\t', '\r', 'a', 'あ') })
    fc.assert(fc.property(letters, (text) => original(harmless(text)) === text))
    fc.assert(fc.property(letters, (text) => !/^[=+\-@\t\r]/.test(harmless(text))))
  })
})

test('what was seen is counted, for many keys and whatever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 2000 }), (keys) => {
      const seen = new Occurrences()
      const counts = new Map<number, number>()
      for (const key of keys) {
        expect(seen.next(key * 4096)).toBe(counts.get(key) ?? 0)
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }),
    { numRuns: 20 }
  )
  const many = new Occurrences()
  const keys = Array.from({ length: 50_000 }, (_, index) => (index * 2_654_435_761) % 2 ** 52)
  expect(keys.filter((key) => many.next(key) !== 0)).toEqual([])
  expect(keys.filter((key) => many.next(key) !== 1)).toEqual([])
})

test.each([
  ['a,b,c\n1;2', ','],
  ['a\tb\tc', '\t'],
  ['氏名;来店日;金額\n', ';'],
  ['"a,b,c";d\n', ';'],
  ['only\n1\n', ',']
])('the delimiter of %j is %j', (text, delimiter) => expect(guessDelimiter(text)).toBe(delimiter))

describe('columns are known by their names', () => {
  test.each([
    ['visits', ['customer_id', 'visited_at', 'amount'], { customer_id: 0, visited_at: 1, amount: 2 }],
    ['visits', ['来店日', '時刻', '会員番号', '担当'], { visited_at: 0, time: 1, customer_id: 2 }],
    [
      'orders',
      ['Order ID', 'Ordered-At', 'ＡＭＯＵＮＴ', 'Email'],
      { order_id: 0, ordered_at: 1, amount: 2, email: 3 }
    ],
    [
      'customers',
      ['会員番号', '姓', '名', '誕生日', 'メールアドレス', '備考'],
      { customer_id: 0, family_name: 1, given_name: 2, birthday: 3, email: 4 }
    ],
    // What others call a source is not where an event came from.
    ['orders', ['customer_id', 'date', 'amount', 'source', 'source_id'], { customer_id: 0, ordered_at: 1, amount: 2 }]
  ] as const)('%s: %j', (kind, header, columns) => {
    expect(Object.fromEntries(guessColumns(kind, header))).toEqual(columns)
  })
})

describe('a mapping', () => {
  const orders = (over: object) => Mapping.parse({ columns: { ordered_at: '日', amount: 2, email: 'メール' }, ...over })

  test('finds its columns by name and by number', () => {
    const layout = layOut('orders', orders({ skip: [{ column: '状態', is: ['取消'] }] }), [
      'メール',
      '金額',
      '日',
      '状態'
    ])
    if ('names' in layout) throw new Error('columns are missing')
    expect(Object.fromEntries(layout.columns)).toEqual({ email: 0, ordered_at: 2, amount: 1 })
    expect(isSkipped(layout, ['a', '1', '2', ' 取消 '])).toBe(true)
    expect(isSkipped(layout, ['a', '1', '2', '完了'])).toBe(false)
  })

  test('says which of its columns the file does not have', () => {
    expect(layOut('orders', orders({}), ['日付', '金額'])).toEqual({ kind: 'missing_columns', names: ['メール', '日'] })
  })

  test.each([
    [{ columns: { nonsense: 'a' } }],
    [{ columns: {}, source: 'Not A Name' }],
    [{ columns: {}, delimiter: '::' }],
    [{ columns: {}, time_zone: 'Mars/Olympus' }],
    [{ columns: {}, colums: {} }]
  ])('with a mistake is refused: %j', (given) => expect(Mapping.safeParse(given).success).toBe(false))
})

describe('exports of other systems are known by their columns', () => {
  test.each([
    ['customers', ['ID', '表示名', 'LINE登録名', '本名', '対応マーク', 'タグ_常連'], 'L-step'],
    ['orders', ['Name', 'Email', 'Financial Status', 'Total', 'Created at', 'Lineitem name'], 'Shopify'],
    ['orders', ['取引ID', '取引日時', '取引区分', '取消区分', '合計', '会員コード'], 'Smaregi'],
    ['orders', ['Date', 'Time', 'Time Zone', 'Total Collected', 'Transaction ID', 'Customer ID'], 'Square']
  ] as const)('%s %j: %s', (kind, header, name) => {
    const preset = presetFor(kind, header)
    expect(preset?.name).toBe(name)
    expect(preset && 'names' in layOut(kind, preset.mapping, header)).toBe(false)
    expect(presetFor(kind === 'orders' ? 'customers' : 'orders', header)).toBeUndefined()
  })

  test('a chat that LINE exports is one, and names nobody', () => {
    expect(isLineChat(['送信者タイプ', '送信者名', '送信日', '送信時刻', '内容'])).toBe(true)
    expect(isLineChat(['会員番号', '内容'])).toBe(false)
  })
})
