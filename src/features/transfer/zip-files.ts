import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-writer.js'
import { streamOf } from '../../platform/http/index.ts'

export type Bytes = Uint8Array<ArrayBuffer>

export interface FileToZip {
  readonly name: string
  readonly pieces: AsyncGenerator<Bytes>
}

/**
 * Files as one archive, packed as they are read: only some pieces of one of them are held at once. Whoever leaves early ends
 * what is read from.
 */
export async function* zipFiles(files: readonly FileToZip[], at: Date): AsyncGenerator<Bytes> {
  const { readable, writable } = new TransformStream<Bytes, Bytes>()
  const left = new AbortController()
  const writing = write(writable, { files, at, signal: left.signal })
  // It is waited for at the end; a failure before that is no unhandled one.
  writing.catch(() => undefined)
  try {
    yield* readable
    await writing
  } finally {
    left.abort()
    for (const { pieces } of files) await pieces.return(undefined)
  }
}

interface Packing {
  readonly files: readonly FileToZip[]
  readonly at: Date
  readonly signal: AbortSignal
}

/** A file that cannot be read breaks the archive off: whoever fetches it must not take a part for the whole. */
async function write(archive: WritableStream<Bytes>, { files, at, signal }: Packing): Promise<void> {
  const writer = new ZipWriter(archive, { lastModDate: at, useWebWorkers: false, signal })
  try {
    for (const { name, pieces } of files) await writer.add(name, streamOf(pieces))
    await writer.close()
  } catch (error) {
    await archive.abort(error).catch(() => undefined)
    throw error
  }
}
