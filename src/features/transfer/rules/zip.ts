/** Records of the ZIP format (APPNOTE 6.3.10), for files whose sizes are known only after they are written. */

export type Bytes = Uint8Array<ArrayBuffer>

/** A file as it was written. */
export interface ZipFile {
  readonly name: string
  readonly at: Date
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  /** Where its header begins. */
  readonly offset: number
}

/** Larger numbers do not fit into 32 bits, and stand in a record of their own (ZIP64). */
const MAX_32 = 0xffff_ffff
const MAX_16 = 0xffff
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808
const DEFLATE = 8
const VERSION = 20
const VERSION_64 = 45

/** Numbers of a record in its order, each with its size in bytes. */
type Field = readonly [size: 2 | 4 | 8, value: number]

/** What stands before a file's data. */
export function localHeader(name: string, at: Date): Bytes {
  const named = new TextEncoder().encode(name)
  return joined(
    record([4, 0x0403_4b50], [2, VERSION], [2, FLAGS], [2, DEFLATE], [4, dosTime(at)]),
    record([4, 0], [4, 0], [4, 0], [2, named.length], [2, 0]),
    named
  )
}

/** What stands behind a file's data. */
export function descriptor({ crc, packedBytes, bytes }: Pick<ZipFile, 'crc' | 'packedBytes' | 'bytes'>): Bytes {
  const size = Math.max(packedBytes, bytes) > MAX_32 ? 8 : 4
  return record([4, 0x0807_4b50], [4, crc], [size, packedBytes], [size, bytes])
}

/** The table of contents, which ends an archive; `offset` is where it begins. */
export function contents(files: readonly ZipFile[], offset: number): Bytes {
  const entries = joined(...files.map(entry))
  const size = entries.length
  const isLarge = files.length >= MAX_16 || Math.max(size, offset) >= MAX_32
  const end64 = isLarge ? [end64Of(files.length, size, offset)] : []
  const count = Math.min(files.length, MAX_16)
  const end = record(
    ...[[4, 0x0605_4b50] as const, [2, 0] as const, [2, 0] as const, [2, count] as const, [2, count] as const],
    ...[[4, Math.min(size, MAX_32)] as const, [4, Math.min(offset, MAX_32)] as const, [2, 0] as const]
  )
  return joined(entries, ...end64, end)
}

function entry({ name, at, crc, packedBytes, bytes, offset }: ZipFile): Bytes {
  const named = new TextEncoder().encode(name)
  const numbers = [bytes, packedBytes, offset]
  const large = numbers.filter((value) => value >= MAX_32)
  const extra =
    large.length > 0 ? record([2, 1], [2, large.length * 8], ...large.map((value) => [8, value] as const)) : record()
  const version = large.length > 0 ? VERSION_64 : VERSION
  return joined(
    record([4, 0x0201_4b50], [2, version], [2, version], [2, FLAGS], [2, DEFLATE], [4, dosTime(at)], [4, crc]),
    record([4, Math.min(packedBytes, MAX_32)], [4, Math.min(bytes, MAX_32)], [2, named.length], [2, extra.length]),
    record([2, 0], [2, 0], [2, 0], [4, 0], [4, Math.min(offset, MAX_32)]),
    named,
    extra
  )
}

function end64Of(count: number, size: number, offset: number): Bytes {
  return joined(
    record([4, 0x0606_4b50], [8, 44], [2, VERSION_64], [2, VERSION_64], [4, 0], [4, 0]),
    record([8, count], [8, count], [8, size], [8, offset]),
    record([4, 0x0706_4b50], [4, 0], [8, offset + size], [4, 1])
  )
}

function record(...fields: readonly Field[]): Bytes {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true)
    else if (size === 4) view.setUint32(at, value, true)
    else view.setBigUint64(at, BigInt(value), true)
    at += size
  }
  return bytes
}

function joined(...parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** MS-DOS' date and time, of UTC: the date in the upper half. */
function dosTime(at: Date): number {
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  return date * 0x1_0000 + time
}
