import { crc32, deflateSync } from 'node:zlib'
import { qrModules } from './qr.ts'

/** Dots a module: a code of 40 modules is some 1,000 dots wide, which prints sharply at poster size. */
const DOTS = 24
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A QR code as a PNG of black and white dots, one bit each (ISO/IEC 15948). */
export function qrPng(text: string): Buffer {
  const modules = qrModules(text)
  const width = modules.length * DOTS
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(width, 4)
  // One bit a dot; the rest says: grey, and nothing out of the ordinary.
  header.writeUInt8(1, 8)
  const lines = modules.flatMap((row) => Array.from({ length: DOTS }, () => lineOf(row)))
  const pixels = deflateSync(Buffer.concat(lines))
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** A line of dots behind its filter (none). White is 1. */
function lineOf(row: readonly boolean[]): Buffer {
  const line = Buffer.alloc(1 + (row.length * DOTS) / 8)
  row.forEach((dark, x) => {
    if (!dark) line.fill(0xff, 1 + (x * DOTS) / 8, 1 + ((x + 1) * DOTS) / 8)
  })
  return line
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
