import type { Named } from './delivery.ts'

/** Shorter ids stand in too many texts by chance. */
const SHORTEST_ID = 4
/** The last digits of a telephone number are the same however it is written, with or without its country. */
const PHONE_DIGITS = 9

/** Whether a text as a sender wrote it names one of these identities. It rather finds too much than too little. */
export function isAbout(text: string, identities: readonly Named[]): boolean {
  const lower = text.toLowerCase()
  const digits = text.replace(/[^\d]/g, '')
  return identities.some(({ kind, value }) => {
    const written = String(value).toLowerCase()
    if (kind === 'phone') return digits.includes(written.replace(/\D/g, '').slice(-PHONE_DIGITS))
    return written.length < SHORTEST_ID ? standsAlone(lower, written) : lower.includes(written)
  })
}

/** A short id counts only as a whole value of JSON: "42", or 42. */
function standsAlone(text: string, id: string): boolean {
  return text.includes(`"${id}"`) || new RegExp(`[:\\[,]\\s*${id.replace(/[^a-z0-9]/g, '\\$&')}\\s*[,}\\]]`).test(text)
}
