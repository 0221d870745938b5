import { expect, test } from 'vitest'
import { faultOf } from './fault.ts'
import { DeliveryError } from './types.ts'

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return expect.fail('nothing was thrown')
}

test('a mistake in the code is named with its words and its place', () => {
  const fault = faultOf(thrownBy(() => (undefined as unknown as { a: { b: 1 } }).a.b))
  expect(fault).toMatch(/^TypeError: Cannot read properties of undefined \(reading 'a'\) \(fault\.test\.ts:\d+:\d+\)$/)
})

test('what a person wrote does not get into the fault by way of a parser', () => {
  const fault = faultOf(thrownBy(() => JSON.parse('{"text": 佐藤花子 03-1234-5678}')))
  expect(fault).toMatch(/^SyntaxError/)
  expect(fault).not.toMatch(/佐藤|1234/)
})

test('what a person wrote does not get into the fault by way of the database', () => {
  const refused = Object.assign(new Error('Key (name)=(佐藤花子) already exists'), { code: '23505' })
  expect(faultOf(refused)).toMatch(/^Error 23505/)
  expect(faultOf(refused)).not.toContain('佐藤')
})

test('a channel’s answer is kept as the channel’s client put it, up to 500 characters', () => {
  expect(faultOf(new DeliveryError('LINE: 500', { retry: 'later', answered: true }))).toBe('LINE: 500')
  expect(faultOf(new Error('x'.repeat(5_000))).length).toBeLessThanOrEqual(500)
})

test('a thrown non-error says only its type', () => {
  expect(faultOf('佐藤花子')).toBe('thrown: string')
})
