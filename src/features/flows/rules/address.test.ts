import { describe, expect, test } from 'vitest'
import { addressFault, addressOf, imageFault } from './address.ts'

const FLOW = { id: 'win_back' }
const UTM = 'utm_source=line&utm_medium=message&utm_campaign=win_back'

describe('where a button leads says which campaign it was', () => {
  test.each([
    ['https://shop.example.com', `https://shop.example.com/?${UTM}`],
    ['https://shop.example.com/a?b=1&c=%20x', `https://shop.example.com/a?b=1&c=%20x&${UTM}`],
    ['https://shop.example.com/a#menu', `https://shop.example.com/a?${UTM}#menu`],
    ['https://shop.example.com/季節', `https://shop.example.com/%E5%AD%A3%E7%AF%80?${UTM}`]
  ])('%s', (open, address) => expect(addressOf(FLOW, open)).toBe(address))

  test.each([
    'https://shop.example.com/?utm_source=poster',
    'https://shop.example.com/?a=1&utm_id=7',
    'https://line.me/R/nv/QRCodeReader',
    'https://liff.line.me/123-abc',
    'tel:0422-00-0000'
  ])('%s stays as it is', (open) => expect(addressOf(FLOW, open)).toBe(open))

  test('not at all where the flow says so', () => {
    expect(addressOf({ ...FLOW, utm: false }, 'https://shop.example.com/a')).toBe('https://shop.example.com/a')
  })
})

describe('an address that no button may have says what to write', () => {
  test.each([
    ['http://shop.example.com', 'https://'],
    ['//shop.example.com', 'https://'],
    ['shop.example.com', 'https://'],
    ['javascript:alert(1)', 'https://'],
    ['https:///x', 'https://'],
    ['https://', 'https://'],
    ['', 'https://'],
    ['https://shop.example.com/{customer.name}', 'braces'],
    ['https://shop.example.com/a b', '%20'],
    ['https://anna:secret@shop.example.com/', 'name and password'],
    ['tel:call me', '%20'],
    [`https://shop.example.com/${'a'.repeat(940)}`, 'LINE takes 1000']
  ])('%s', (open, words) => expect(addressFault(FLOW, open)).toContain(words))

  test.each(['https://shop.example.com/?q=%E7%B5%B5', 'tel:+81-422-00-0000', 'https://line.me/R/oaMessage/@x/?a'])(
    '%s is none',
    (open) => expect(addressFault(FLOW, open)).toBeUndefined()
  )

  test('a picture’s may be longer, but has to be one of a page', () => {
    expect(imageFault(`https://shop.example.com/${'a'.repeat(1900)}`)).toBeUndefined()
    expect(imageFault(`https://shop.example.com/${'a'.repeat(2000)}`)).toContain('LINE takes 2000')
    expect(imageFault('tel:0422-00-0000')).toContain('https://')
  })
})
