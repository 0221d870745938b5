import { promisify } from 'node:util'
import { constants, crc32, deflateRaw, type ZlibOptions } from 'node:zlib'
import { type Bytes, contents, descriptor, localHeader, type ZipFile } from './rules/zip.ts'

/** Off the event loop. */
const pack = promisify<Uint8Array, ZlibOptions, Bytes>(deflateRaw)

export interface FileToZip {
  readonly name: string
  readonly pieces: AsyncIterable<Bytes>
}

/** Files as one archive, packed as they are read: only a piece of one of them is held at once. */
export async function* zipFiles(files: readonly FileToZip[], at: Date): AsyncGenerator<Bytes> {
  const written: ZipFile[] = []
  let offset = 0
  for (const { name, pieces } of files) {
    const header = localHeader(name, at)
    const sum = { crc: 0, bytes: 0, packedBytes: 0 }
    yield header
    for await (const packed of deflated(summed(pieces, sum))) {
      sum.packedBytes += packed.length
      yield packed
    }
    const end = descriptor(sum)
    yield end
    written.push({ name, at, ...sum, offset })
    offset += header.length + sum.packedBytes + end.length
  }
  yield contents(written, offset)
}

async function* summed(pieces: AsyncIterable<Bytes>, sum: { crc: number; bytes: number }): AsyncGenerator<Bytes> {
  for await (const piece of pieces) {
    sum.crc = crc32(piece, sum.crc)
    sum.bytes += piece.length
    yield piece
  }
}

/** Pieces are packed each by itself, up to a byte's edge, so that one after another they are one stream; this ends it. */
const END = Uint8Array.of(3, 0)

async function* deflated(pieces: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  for await (const piece of pieces) yield await pack(piece, { finishFlush: constants.Z_SYNC_FLUSH })
  yield END
}
