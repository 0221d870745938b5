import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskIdentity, maskName } from './mask.ts'

test.each([
  ['山田 太郎', '山＊＊＊'],
  ['Emma Wilson', 'E＊＊＊'],
  ['👩‍👧 まま', '👩‍👧＊＊＊'],
  ['X', 'X＊＊＊'],
  ['  ', '＊＊＊']
])('of the name "%s" people see %s', (name, masked) => expect(maskName(name)).toBe(masked))

test.each([
  ['email', 'hanako@example.jp', 'h＊＊＊@example.jp'],
  ['phone', '+819012345678', '＊＊＊5678'],
  ['pos', '123456', '＊＊＊56'],
  ['pos', '1234', '＊＊＊4'],
  ['ec', '7', '＊＊＊'],
  ['app', '', '＊＊＊']
])('of the %s identity "%s" people see %s', (kind, value, masked) => expect(maskIdentity(kind, value)).toBe(masked))

test('a mask never holds the name, and at most a third of a number', () => {
  const long = fc.string({ minLength: 2, maxLength: 20 }).filter((name) => !name.includes('＊') && name.trim() === name)
  fc.assert(
    fc.property(long, (name) => {
      expect(maskName(name)).not.toContain(name)
      expect([...maskIdentity('phone', name)].length - 3).toBeLessThanOrEqual([...name].length / 3)
    })
  )
})
