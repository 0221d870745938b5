import { comparable } from '../../../core/text.ts'

/** What "/matane segment …" asks for. */
export type SegmentCommand =
  | { readonly kind: 'list' }
  | { readonly kind: 'new' }
  | { readonly kind: 'show'; readonly told: string }

const LIST = ['', 'list', '一覧']
const NEW = ['new', '新規', '作る']

/** Reads the words after "/matane segment"; anything else is the name of one. */
export function parseSegmentCommand(text: string): SegmentCommand {
  const word = comparable(text)
  if (LIST.includes(word)) return { kind: 'list' }
  return NEW.includes(word) ? { kind: 'new' } : { kind: 'show', told: text.trim() }
}
