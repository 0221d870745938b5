/** How archives (.xlsx is one), old Excel files and PDFs begin, in hexadecimal digits. */
const BEGINNINGS = ['504b0304', 'd0cf11e0', '25504446']

/** Whether a file is no text at all, by its first bytes. */
export function isBinary(head: Uint8Array): boolean {
  const begin = [...head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return BEGINNINGS.includes(begin)
}
