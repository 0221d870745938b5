import { crc32, inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { qrModules } from './qr.ts'
import { qrPng } from './qr-png.ts'

/** The parts of a PNG by name; throws when a sum is wrong. */
function partsOf(png: Buffer): Map<string, Buffer> {
  const parts = new Map<string, Buffer>()
  for (let at = 8; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at)
    if (crc32(png.subarray(at + 4, end)) !== png.readUInt32BE(end)) throw new Error('A part has another sum')
    parts.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, end))
    at = end + 4
  }
  return parts
}

test('a QR code as PNG shows every module as a square of dots, dark or white', () => {
  const text = 'https://line.me/R/oaMessage/@matane/?ref'
  const modules = qrModules(text)
  const png = qrPng(text)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const parts = partsOf(png)
  expect([...parts.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  const width = parts.get('IHDR')?.readUInt32BE(0) ?? 0
  const pixels = inflateSync(parts.get('IDAT') ?? Buffer.alloc(0))
  expect(pixels.length).toBe(width * (1 + width / 8))
  const dots = width / modules.length
  const isDark = (x: number, y: number) => {
    const byte = pixels[y * (1 + width / 8) + 1 + Math.floor(x / 8)] ?? 0
    return ((byte >> (7 - (x % 8))) & 1) === 0
  }
  const seen = modules.map((row, y) => row.map((_, x) => isDark(x * dots, y * dots)))
  expect(seen).toEqual(modules)
  const ends = modules.map((row, y) => row.map((_, x) => isDark((x + 1) * dots - 1, (y + 1) * dots - 1)))
  expect(ends).toEqual(modules)
})
