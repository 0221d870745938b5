import { isBinary } from './rules/binary.ts'
import { type CsvRow, csvReader } from './rules/csv.ts'
import { guessDelimiter } from './rules/delimiter.ts'
import { detectEncoding, type Encoding, type TextReader, textReader } from './rules/encoding.ts'

/** A file's bytes, in pieces of any size. */
export type Bytes = AsyncIterable<Uint8Array>

export interface Table {
  readonly delimiter: string
  /** Excel's own form, or another that is no text. */
  readonly isBinary: boolean
  /** As far as it is known by now. */
  encoding(): Encoding
  readonly rows: AsyncIterable<CsvRow>
}

const SAMPLE_BYTES = 64 * 1024

/** Reads a CSV file as it comes, whatever its encoding and line ends. `delimiter`: when it is known. */
export async function readTable(bytes: Bytes, delimiter?: string): Promise<Table> {
  const source = bytes[Symbol.asyncIterator]()
  const head = await takeSample(source)
  const encoding = detectEncoding(head)
  const reader = textReader(encoding)
  const used = delimiter ?? guessDelimiter(sampleText(head, encoding))
  return {
    isBinary: isBinary(head),
    delimiter: used,
    encoding: reader.encoding,
    rows: rowsOf(texts(reader, { head, rest: source }), used)
  }
}

async function takeSample(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  while (size < SAMPLE_BYTES) {
    const { done, value } = await source.next()
    if (done) break
    pieces.push(value)
    size += value.length
  }
  return Buffer.concat(pieces)
}

function sampleText(head: Uint8Array, encoding: Encoding | undefined): string {
  const reader = textReader(encoding)
  return reader.push(head) + reader.end()
}

async function* texts(
  reader: TextReader,
  { head, rest }: { head: Uint8Array; rest: AsyncIterator<Uint8Array> }
): AsyncGenerator<string> {
  try {
    yield reader.push(head)
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield reader.push(next.value)
    yield reader.end()
  } finally {
    // A file that is not read to its end is closed.
    await rest.return?.()
  }
}

async function* rowsOf(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRow> {
  const reader = csvReader(delimiter)
  for await (const piece of pieces) yield* reader.push(piece)
  yield* reader.end()
}
