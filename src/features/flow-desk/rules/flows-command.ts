import { comparable } from '../../../core/text.ts'

/** What "/matane flows …" asks for. */
export type FlowsCommand =
  | { readonly kind: 'list' }
  | { readonly kind: 'new' }
  | { readonly kind: 'show'; readonly id: string }

const LIST = ['', 'list', '一覧']
const NEW = ['new', '新規', '作る']

/** Reads the words after "/matane flows"; anything else is the id of one. */
export function parseFlowsCommand(text: string): FlowsCommand {
  const word = comparable(text)
  if (LIST.includes(word)) return { kind: 'list' }
  return NEW.includes(word) ? { kind: 'new' } : { kind: 'show', id: word }
}
