/** Crockford's Base32: no I, L, O or U, so that people can read a code aloud and type it. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The first `length` × 5 bits of the bytes; throws when there are fewer. */
export function encodeBytes(bytes: Uint8Array, length: number): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    bits = (bits << 8) | byte
    for (held += 8; held >= 5 && text.length < length; held -= 5) text += ALPHABET[(bits >> (held - 5)) & 31]
    bits &= (1 << held) - 1
  }
  if (text.length < length) throw new Error(`${bytes.length} bytes do not fill ${length} characters`)
  return text
}

/** A whole number as `length` characters; throws when it does not fit. */
export function encodeNumber(value: number, length: number): string {
  let rest = value
  let text = ''
  for (let place = 0; place < length; place += 1) {
    text = `${ALPHABET[rest % 32]}${text}`
    rest = Math.floor(rest / 32)
  }
  if (rest !== 0 || !Number.isInteger(value) || value < 0) throw new Error(`${value} does not fit ${length} characters`)
  return text
}

/** The number that encodeNumber wrote; the text must be canonical. */
export function decodeNumber(text: string): number {
  let value = 0
  for (const character of text) value = value * 32 + ALPHABET.indexOf(character)
  return value
}

/** Typed text in canonical form: upper case, O as 0, I and L as 1; undefined when another character is among it. */
export function canonicalBase32(typed: string): string | undefined {
  const text = typed.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')
  return [...text].every((character) => ALPHABET.includes(character)) ? text : undefined
}
