import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { faultOf } from './fault.ts'
import { DeliveryError } from './types.ts'

const db = useDatabase()

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return expect.fail('nothing was thrown')
}

test('a mistake in the code is named with its words and its place', () => {
  const fault = faultOf(thrownBy(() => JSON.parse('null').a))
  expect(fault).toMatch(/^TypeError: Cannot read properties of null \(reading 'a'\) \(fault\.test\.ts:\d+:\d+\)$/)
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

test('what PostgreSQL answered is named, however deep the client hides it, without its words', async () => {
  const failing = db().transaction((tx) =>
    tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION '佐藤' USING ERRCODE = '55P03'; END $$`)
  )
  const fault = await failing.then(() => expect.fail('it went well'), faultOf)
  expect(fault).toMatch(/^PrismaClientKnownRequestError P\d{4} 55P03/)
  expect(fault).not.toContain('佐藤')
})

test('an error that refers to itself is no trap', () => {
  const error: Error & { code?: string } = Object.assign(new Error('round'), { code: 'X' })
  error.cause = error
  expect(faultOf(error)).toMatch(/^Error X/)
})
