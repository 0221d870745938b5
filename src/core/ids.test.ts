import { expect, test } from 'vitest'
import { idOf, newId } from './ids.ts'

const UUID = (version: number) =>
  new RegExp(`^[0-9a-f]{8}-[0-9a-f]{4}-${version}[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

test('the same cause gives the same id, on every machine and in every release', () => {
  expect(idOf('line:01H', 'told', '0')).toBe('8321c95c-e44a-5a7c-9f31-01b13e9f8702')
})

test('parts are kept apart: ("ab", "c") is not ("a", "bc")', () => {
  expect(idOf('ab', 'c')).not.toBe(idOf('a', 'bc'))
  expect(idOf('ab', 'c')).toMatch(UUID(5))
})

test('new ids differ and sort by time', () => {
  const ids = [1, 2, 3_000_000_000_000].map((ms) => newId(ms))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(Array.from({ length: 1000 }, () => newId())).size).toBe(1000)
  expect(newId()).toMatch(UUID(7))
})

test('ids of one millisecond sort as they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => newId(1_700_000_000_000))
  expect(ids.findIndex((id, place) => !(id > (ids[place - 1] ?? '')))).toBe(-1)
  expect(ids.findIndex((id) => !UUID(7).test(id))).toBe(-1)
})
