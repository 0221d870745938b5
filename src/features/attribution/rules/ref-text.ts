/** A ref code: as one reads it out and writes it on a poster. */
export const REF_CODE = /^[a-z0-9][a-z0-9_-]{0,31}$/

const MARKER = /\s*[（(]\s*ref\s*[:：]\s*([a-z0-9][a-z0-9_-]{0,31})\s*[)）]\s*$/i

/** What a link writes into the chat for the customer to send: "はじめまして（ref: poster-a）". */
export function refText(greeting: string, code: string): string {
  return `${greeting}（ref: ${code}）`
}

/** The ref code at the end of a text, in small letters, and the words before it; undefined when there is none. */
export function readRef(text: string): { readonly code: string; readonly words: string } | undefined {
  const found = MARKER.exec(text)
  if (!found?.[1]) return undefined
  return { code: found[1].toLowerCase(), words: text.slice(0, found.index).trim() }
}

/** What people say who only open the link and press send: a greeting, which wants no answer but one. */
const GREETING = /^(?:はじめまして|初めまして|こんにちは|hello|hi|nice to meet you)[。!！.、\s]*$/i

/** Whether the words before a ref code say nothing more than hello. */
export function isGreeting(words: string): boolean {
  return words === '' || GREETING.test(words.normalize('NFKC'))
}
