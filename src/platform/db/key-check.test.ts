import { beforeEach, describe, expect, test } from 'vitest'
import { testCipher, useDatabase } from '../../../test/support/database.ts'
import { fieldCipher, type RingKey } from './cipher.ts'
import { checkKeys } from './key-check.ts'

const db = useDatabase()
const key = (id: string, fill: number): RingKey => ({ id, bytes: new Uint8Array(32).fill(fill) })
const k1 = key('k1', 1)
const k2 = key('k2', 2)
const check = (...ring: RingKey[]) => checkKeys({ ...db(), cipher: fieldCipher(ring) })
const notes = async () =>
  (await db().query<{ key: string }>('SELECT key FROM setting ORDER BY key')).map((row) => row.key)

describe('data that was sealed with one key', () => {
  beforeEach(() => check(k1))

  test('is opened by it again', async () => {
    await check(k1)
    expect(await notes()).toEqual(['encryption.index', 'encryption.key.k1'])
  })

  test('is not touched with another key, whatever its id, and the right key still fits afterwards', async () => {
    await expect(check(k2)).rejects.toThrow(/"k1".*missing/)
    await expect(check(key('k1', 9))).rejects.toThrow(/"k1".*different/)
    expect(await notes()).toEqual(['encryption.index', 'encryption.key.k1'])
    await check(k1)
  })

  test('is opened by a ring with a new key in front', async () => {
    await check(k2, k1)
    await check(k2, k1)
    expect(await notes()).toContain('encryption.key.k2')
  })

  test('needs every key that was ever the newest', async () => {
    await check(k2, k1)
    await expect(check(k1)).rejects.toThrow(/"k2"/)
    await expect(check(k2)).rejects.toThrow(/"k1"/)
    await check(key('k3', 3), k2, k1)
  })

  test('keeps finding people: the oldest key stays the last one', async () => {
    await check(k2, k1)
    await expect(check(k1, k2)).rejects.toThrow(/oldest.*last/)
  })

  test('a refusal does not tell the key', async () => {
    const error = await check(k2).catch((caught: Error) => caught)
    expect(String(error)).not.toContain(Buffer.from(k2.bytes).toString('base64'))
  })
})

test('of two processes that start first with different keys, one is told', async () => {
  const results = await Promise.allSettled([check(k1), check(k2)])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('an emptied database takes any key', async () => {
  await checkKeys({ ...db(), cipher: testCipher })
})
