import { comparable } from '../../../core/text.ts'

const LINK_WORDS = new Set(['連携', '会員連携', 'id連携', 'アカウント連携', 'link', 'link account'])

/** Whether a text asks for nothing but the link of an account. */
export function asksForLink(text: string): boolean {
  return LINK_WORDS.has(comparable(text))
}
