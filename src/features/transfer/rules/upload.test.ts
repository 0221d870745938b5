import { describe, expect, test } from 'vitest'
import { isBinary } from './binary.ts'
import { fieldName, isField } from './fields.ts'
import { formFault, isShown, UPLOAD_MAX_BYTES } from './upload.ts'

describe('a file, by its name and size', () => {
  test.each([
    ['来店.csv', 10, undefined],
    ['VISITS.CSV', UPLOAD_MAX_BYTES, undefined],
    ['orders.tsv', 10, undefined],
    ['friends.2026.txt', 10, undefined],
    ['visits.csv', UPLOAD_MAX_BYTES + 1, 'too_large'],
    ['visits.csv', 0, 'empty'],
    ['顧客.xlsx', 10, 'spreadsheet'],
    ['顧客.XLS', 10, 'spreadsheet'],
    ['顧客.numbers', 10, 'spreadsheet'],
    ['photo.png', 10, 'no_csv'],
    ['visits.csv.zip', 10, 'no_csv'],
    ['visits', 10, 'no_csv']
  ])('%s of %i bytes: %s', (name, sizeBytes, fault) => expect(formFault({ name, sizeBytes })).toBe(fault))

  test('none at all', () => expect(formFault(undefined)).toBe('none'))
})

describe('a file, by its first bytes', () => {
  const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
  test.each([
    ['an .xlsx', bytes('PK\u0003\u0004\u0014'), true],
    ['an old .xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), true],
    ['a PDF', bytes('%PDF-1.7'), true],
    ['a CSV of a shop called PK', bytes('PK,1'), false],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), false],
    ['nothing', new Uint8Array(), false]
  ])('%s: no text is %s, %s', (_, head, expected) => expect(isBinary(head)).toBe(expected))
})

describe('what people read of a column', () => {
  test.each([
    ['customer_id', '顧客ID', 'customer id'],
    ['visited_at', '来店日時', 'visited at'],
    ['amount', '金額', 'amount'],
    ['order_id', '注文番号', 'order id'],
    ['pos', 'pos', 'pos'],
    ['what_is_this', 'what is this', 'what is this']
  ])('%s', (field, ja, en) => expect([fieldName('ja', field), fieldName('en', field)]).toEqual([ja, en]))

  test('words that name no field are none', () => {
    expect([isField('amount'), isField('toString'), isField(undefined)]).toEqual([true, false, false])
  })
})

test('steps are shown every five seconds, and at the end of something', () => {
  const at = (seconds: number) => new Date(1_000_000 + seconds * 1_000)
  expect(isShown(at(0), at(4), false)).toBe(false)
  expect(isShown(at(0), at(5), false)).toBe(true)
  expect(isShown(at(0), at(0), true)).toBe(true)
  // The sandbox's clock may go back.
  expect(isShown(at(60), at(0), false)).toBe(true)
})
