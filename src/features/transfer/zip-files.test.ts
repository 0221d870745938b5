import { describe, expect, test } from 'vitest'
import { unzip } from '../../../test/support/unzip.ts'
import { contents, descriptor, type ZipFile } from './rules/zip.ts'
import { zipFiles } from './zip-files.ts'

const AT = new Date('2026-11-21T03:04:06Z')
const GIGABYTE = 2 ** 30

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
        for (;;) yield new TextEncoder().encode(`piece ${read++}`)
      } finally {
        ended = true
      }
    }
    for await (const _part of zipFiles([{ name: 'endless', pieces: endless() }], AT)) if (read > 2) break
    expect(ended).toBe(true)
    expect(read).toBe(3)
  })
})

describe('what is too large for 32 bits', () => {
  const large: ZipFile = {
    ...{ name: 'event.csv', at: AT, crc: 7 },
    ...{ packedBytes: 5 * GIGABYTE, bytes: 9 * GIGABYTE, offset: 6 * GIGABYTE }
  }

  test('stands in a record of its own, in the order that readers expect', () => {
    const entry = Buffer.from(contents([large], 12 * GIGABYTE))
    expect([entry.readUInt32LE(20), entry.readUInt32LE(24), entry.readUInt32LE(42)]).toEqual(Array(3).fill(0xffffffff))
    const extra = entry.subarray(46 + large.name.length)
    expect([extra.readUInt16LE(0), extra.readUInt16LE(2)]).toEqual([1, 24])
    expect([4, 12, 20].map((at) => Number(extra.readBigUInt64LE(at)) / GIGABYTE)).toEqual([9, 5, 6])
  })

  test('moves the end of the archive into a record of its own too', () => {
    const all = Buffer.from(contents([large], 12 * GIGABYTE))
    const end = all.length - 22
    expect(all.readUInt32LE(end + 16)).toBe(0xffffffff)
    const size = all.readUInt32LE(end + 12)
    expect(all.readUInt32LE(size)).toBe(0x06064b50)
    expect(Number(all.readBigUInt64LE(size + 48))).toBe(12 * GIGABYTE)
    expect(Number(all.readBigUInt64LE(end - 20 + 8))).toBe(12 * GIGABYTE + size)
  })

  test('only that: a small file beside it needs none', () => {
    const small = { ...large, packedBytes: 1, bytes: 2, offset: 3 }
    expect(Buffer.from(contents([small], 4)).length).toBe(46 + large.name.length + 22)
    expect([descriptor(small).length, descriptor(large).length]).toEqual([16, 24])
  })
})
