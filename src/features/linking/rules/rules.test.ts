import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBytes } from '../../../core/base32.ts'
import { decideLink } from './decide-link.ts'
import { CODE_LENGTH, printedCode, receiptCodeIn } from './receipt-code.ts'

describe('the code of a receipt', () => {
  test.each([
    ['レシート 7H2K-9M4P', '7H2K9M4P'],
    ['レシート7h2k9m4p', '7H2K9M4P'],
    ['レシート　７Ｈ２Ｋ－９Ｍ４Ｐ', '7H2K9M4P'],
    ['レシート: 7H2Kー9M4P', '7H2K9M4P'],
    ['receipt 7H2K 9M4P', '7H2K9M4P'],
    ['Receipt #OIL0-OIL0', '01100110']
  ])('is read from "%s"', (text, code) => expect(receiptCodeIn(text)).toBe(code))

  test.each([
    'レシート',
    'レシートをなくしました',
    'レシート 7H2K-9M4',
    '7H2K-9M4P',
    'レシート 7H2K-9M4PX',
    'レシート UUUU-UUUU'
  ])('is not seen in "%s"', (text) => expect(receiptCodeIn(text)).toBeUndefined())

  test('any code is read as it is printed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
        const code = encodeBytes(bytes, CODE_LENGTH)
        expect(receiptCodeIn(`レシート ${printedCode(code)}`)).toBe(code)
      })
    )
  })
})

describe('whoever proves an identity', () => {
  const line = { id: 'a', kinds: ['line'] }

  test.each([
    ['that is nobody’s gets it', line, undefined, 'attach'],
    ['that is theirs stays as they are', line, { id: 'a', kinds: ['line', 'pos'] }, 'already'],
    ['of somebody who is not on LINE is that person', line, { id: 'b', kinds: ['pos', 'phone'] }, 'merge'],
    ['of somebody who is on LINE themselves is looked at', line, { id: 'b', kinds: ['pos', 'line'] }, 'ask'],
    [
      'and has another of its kind is looked at',
      { id: 'a', kinds: ['line', 'pos'] },
      { id: 'b', kinds: ['pos'] },
      'ask'
    ],
    ['new, and has another of its kind, is looked at', { id: 'a', kinds: ['line', 'pos'] }, undefined, 'ask']
  ])('%s', (_, customer, owner, decision) => expect(decideLink(customer, owner, 'pos')).toBe(decision))

  test('may have many receipts without a member', () => {
    const customer = { id: 'a', kinds: ['line', 'anonymous'] }
    expect(decideLink(customer, { id: 'b', kinds: ['anonymous'] }, 'anonymous')).toBe('merge')
  })
})
