import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TOLD_KINDS, toldIdentity } from './identity.ts'

const written = (kind: string, told: unknown) => {
  const result = toldIdentity(kind, told)
  return result.ok ? result.value.value : undefined
}

describe('a phone number', () => {
  test.each([
    ['090-1234-5678', '+819012345678'],
    ['０９０−１２３４−５６７８', '+819012345678'],
    ['090ー1234ー5678', '+819012345678'],
    ['(03) 1234-5678', '+81312345678'],
    ['03.1234.5678', '+81312345678'],
    ['+81 90-1234-5678', '+819012345678'],
    ['+81 (0)90-1234-5678', '+819012345678'],
    ['+8109012345678', '+819012345678'],
    ['819012345678', '+819012345678'],
    ['010-81-90-1234-5678', '+819012345678'],
    ['0081 90 1234 5678', '+819012345678'],
    ['tel:0467-22-1234', '+81467221234'],
    ['0120-123-456', '+81120123456'],
    ['0800-123-4567', '+818001234567'],
    ['050 1234 5678', '+815012345678'],
    ['+1 415 555 2671', '+14155552671'],
    ['010 1 415 555 2671', '+14155552671']
  ])('%s is %s', (told, expected) => expect(written('phone', told)).toBe(expected))

  test.each([
    '',
    '090-1234-567',
    '090-1234-56789',
    '1234',
    '9012345678',
    'call me',
    '+81 1',
    '03-1234-56789',
    '000000000000'
  ])('%j is none', (told) => expect(written('phone', told)).toBeUndefined())
})

describe('an e-mail address', () => {
  test.each([
    [' Hanako.Sato@Example.JP ', 'hanako.sato@example.jp'],
    ['ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'hanako@example.jp'],
    ['mailto:hanako+shop@mail.example.co.jp', 'hanako+shop@mail.example.co.jp'],
    ['da..me.@docomo.ne.jp', 'da..me.@docomo.ne.jp']
  ])('%j is %s', (told, expected) => expect(written('email', told)).toBe(expected))

  test.each(['', 'hanako', 'hanako@', '@example.jp', 'a b@example.jp', 'a@b', 'a@b,c@d.jp', `${'a'.repeat(65)}@b.jp`])(
    '%j is none',
    (told) => expect(written('email', told)).toBeUndefined()
  )
})

describe('the id of an account', () => {
  test.each([
    ['pos', ' 000123 ', '000123'],
    ['pos', 4711, '4711'],
    ['ec', 'aB1', 'aB1'],
    ['app', '会員−１', '会員−1'],
    ['anonymous', '5f1c-aa', '5f1c-aa']
  ])('%s %j is %j', (kind, told, expected) => expect(written(kind, told)).toBe(expected))

  test.each(['', 'null', 'Undefined', 'GUEST', '[object Object]', '0', '0000-0000', 'ゲスト', 'a\nb', 'x'.repeat(201)])(
    '%j is nobody',
    (told) => expect(written('app', told)).toBeUndefined()
  )
})

test('a LINE id cannot be told by anybody but LINE, and the answer says what to do instead', () => {
  expect(toldIdentity('line', `U${'a'.repeat(32)}`)).toEqual({
    ok: false,
    kind: 'bad_identity',
    message: expect.stringContaining('in the chat')
  })
})

test('whatever is told, there is an identity that stays the same when told again, or a hint', () => {
  const kind = fc.oneof(fc.constantFrom(...TOLD_KINDS, 'line', '__proto__'), fc.string())
  const told = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.anything(),
    fc.stringMatching(/^[+0-9()\- ]{1,20}$/),
    fc.emailAddress()
  )
  fc.assert(
    fc.property(kind, told, (given, value) => {
      const result = toldIdentity(given, value)
      if (!result.ok) {
        expect(result.message).toMatch(/\S{3}/)
        return
      }
      expect(toldIdentity(result.value.kind, result.value.value)).toEqual(result)
      expect(result.value.value.isWellFormed()).toBe(true)
    })
  )
})
