/** How a file writes its letters. Shift_JIS is what Excel in Japan writes: the decoder knows Microsoft's additions. */
export type Encoding = 'utf-8' | 'shift_jis' | 'utf-16le' | 'utf-16be'

/** Stands for letters that the file's encoding does not have. */
export const LOST = '\uFFFD'

const LF = 0x0a
const CR = 0x0d
/** A line that is longer is cut somewhere, rather than kept whole in memory. */
const LINE_MAX_BYTES = 4 * 1024 * 1024

/** What the first bytes of a file tell; undefined = so far only ASCII, which is the same in UTF-8 and Shift_JIS. */
export function detectEncoding(sample: Uint8Array): Encoding | undefined {
  if (startsWith(sample, [0xff, 0xfe])) return 'utf-16le'
  if (startsWith(sample, [0xfe, 0xff])) return 'utf-16be'
  if (startsWith(sample, [0xef, 0xbb, 0xbf])) return 'utf-8'
  const zeros = [0, 0]
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  // Commas, digits and line ends have an empty half in UTF-16; nothing else has empty bytes.
  if (even + odd > sample.length / 10) return odd > even ? 'utf-16le' : 'utf-16be'
  return majority(linesOf(sample))
}

/** Of the lines that are not ASCII, what most are: a single stray line must not decide for the whole file. */
function majority(lines: readonly Uint8Array[]): Encoding | undefined {
  const foreign = lines.filter((line) => !isAscii(line))
  if (foreign.length === 0) return undefined
  const modern = foreign.filter(isJapaneseUtf8).length
  const older = foreign.filter((line) => decoded('utf-8', line) === undefined).length
  return older > modern ? 'shift_jis' : 'utf-8'
}

/** The lines of a sample, without the last, which may be cut. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let from = 0
  for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, from)) {
    lines.push(bytes.subarray(from, end))
    from = end + 1
  }
  return lines.length > 0 ? lines : [bytes]
}

/** Makes text of a file's bytes as they come. Lines in another encoding than the file's have LOST in their place. */
export interface TextReader {
  /** The text of the whole lines so far; the rest waits. */
  push(chunk: Uint8Array): string
  /** The last line. */
  end(): string
  encoding(): Encoding
}

/** `known`: as detected; undefined = the first letters that are not ASCII decide. */
export function textReader(known: Encoding | undefined): TextReader {
  return known === 'utf-16le' || known === 'utf-16be' ? wideReader(known) : lineReader(known)
}

function wideReader(encoding: Encoding): TextReader {
  const decoder = new TextDecoder(encoding)
  return {
    push: (chunk) => decoder.decode(chunk, { stream: true }),
    end: () => decoder.decode(),
    encoding: () => encoding
  }
}

/** UTF-8 and Shift_JIS keep line feeds for line ends alone, so that lines can be cut before they are decoded. */
function lineReader(known: Encoding | undefined): TextReader {
  let encoding = known
  let rest: Uint8Array = new Uint8Array()
  let isFirst = true
  const read = (bytes: Uint8Array): string => {
    if (!isAscii(bytes)) encoding ??= majority(linesOf(bytes)) ?? 'utf-8'
    const text = decodeLines(encoding ?? 'utf-8', bytes)
    const isBegun = isFirst && text !== ''
    if (isBegun) isFirst = false
    return isBegun ? text.replace(/^\uFEFF/, '') : text
  }
  return {
    push(chunk) {
      const bytes = rest.length > 0 ? joined(rest, chunk) : chunk
      const whole = Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1
      const end = whole === 0 && bytes.length > LINE_MAX_BYTES ? bytes.length : whole
      rest = bytes.slice(end)
      return read(bytes.subarray(0, end))
    },
    end() {
      const text = read(rest)
      rest = new Uint8Array()
      return text
    },
    encoding: () => encoding ?? 'utf-8'
  }
}

function decodeLines(encoding: Encoding, bytes: Uint8Array): string {
  const whole = isAscii(bytes) || encoding === 'utf-8' ? decoded(encoding, bytes) : undefined
  if (whole !== undefined) return whole
  let text = ''
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LF, from)
    const to = end === -1 ? bytes.length : end + 1
    text += decodeLine(encoding, bytes.subarray(from, to))
    from = to
  }
  return text
}

function decodeLine(encoding: Encoding, line: Uint8Array): string {
  const text = encoding === 'shift_jis' && isJapaneseUtf8(line) ? undefined : decoded(encoding, line)
  return text ?? Array.from(line, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : LOST)).join('')
}

const JAPANESE = /^[\p{ASCII}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u2010-\u203f\u3000-\u30ff\uff00-\uffef]+$/u

/** UTF-8 often passes for garbled Shift_JIS; the other way round some bytes fit (ﾃｽ is ý), but hardly ever as Japanese. */
function isJapaneseUtf8(line: Uint8Array): boolean {
  const text = isAscii(line) ? undefined : decoded('utf-8', line)
  return text !== undefined && JAPANESE.test(text)
}

const decoders = new Map<Encoding, TextDecoder>()

/** Undefined when the bytes are no text in this encoding. */
function decoded(encoding: Encoding, bytes: Uint8Array): string | undefined {
  const decoder = decoders.get(encoding) ?? new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  decoders.set(encoding, decoder)
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80)
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
