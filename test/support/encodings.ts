/** How a program in Japan writes a file; Node itself only reads these. */

const codes = new Map<string, readonly number[]>()

/** Text in Shift_JIS with Microsoft's additions (cp932), as Excel writes it. Throws for letters that it does not have. */
export function shiftJis(text: string): Uint8Array {
  if (codes.size === 0) learn()
  return Uint8Array.from(
    [...text].flatMap((letter) => {
      const code = codes.get(letter)
      if (!code) throw new Error(`Shift_JIS has no ${letter}`)
      return [...code]
    })
  )
}

/** Asks the decoder what each pair of bytes means. */
function learn(): void {
  const decoder = new TextDecoder('shift_jis')
  const add = (...bytes: number[]) => {
    const letter = decoder.decode(Uint8Array.from(bytes))
    if ([...letter].length === 1 && !letter.includes('\uFFFD') && !codes.has(letter)) codes.set(letter, bytes)
  }
  for (let byte = 0; byte < 0x100; byte += 1) add(byte)
  for (let first = 0x81; first < 0xfd; first += 1)
    for (let second = 0x40; second < 0xfd; second += 1) add(first, second)
}

/** Text in UTF-16 with its mark; "le" is Excel's "Unicode text". */
export function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}
