import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { unzip } from '../../../test/support/unzip.ts'
import { zipFiles } from './zip-files.ts'

const AT = new Date('2026-11-21T03:04:06Z')

async function* pieces(...texts: readonly string[]) {
  for (const text of texts) yield new TextEncoder().encode(text)
}

async function zipped(files: Readonly<Record<string, readonly string[]>>): Promise<Buffer> {
  const given = Object.entries(files).map(([name, texts]) => ({ name, pieces: pieces(...texts) }))
  const parts: Uint8Array[] = []
  for await (const part of zipFiles(given, AT)) parts.push(part)
  return Buffer.concat(parts)
}

describe('an archive', () => {
  test('gives back each file under its name: empty ones, those of many pieces, and in any script', async () => {
    const long = Array.from({ length: 400 }, (_, n) => `行${n},${'あ'.repeat(n)}\r\n`)
    const archive = await zipped({ 'customers.csv': ['a,', 'b'], 'tables/空.jsonl': [], 'long.csv': long })
    const expected = { 'customers.csv': 'a,b', 'tables/空.jsonl': '', 'long.csv': long.join('') }
    expect(Object.fromEntries(unzip(archive))).toEqual(expected)
    expect(archive.length).toBeLessThan(Buffer.byteLength(long.join('')) / 10)
  })

  test('of nothing is an archive', async () => {
    expect(unzip(await zipped({})).size).toBe(0)
  })

  test('that nobody reads to its end reads no further, and ends what it read from', async () => {
    let read = 0
    let ended = false
    const endless = async function* () {
      try {
        for (;;) {
          read += 1
          yield new Uint8Array(randomBytes(65_536))
        }
      } finally {
        ended = true
      }
    }
    let taken = 0
    for await (const part of zipFiles([{ name: 'endless', pieces: endless() }], AT)) {
      taken += part.length
      if (taken > 1_000_000) break
    }
    expect(ended).toBe(true)
    expect(read).toBeLessThan(40)
  })

  test('is broken off when a file cannot be read', async () => {
    const broken = async function* () {
      yield new TextEncoder().encode('a')
      throw new Error('gone')
    }
    await expect(async () => {
      for await (const _part of zipFiles([{ name: 'broken', pieces: broken() }], AT));
    }).rejects.toThrow('gone')
  })
})
