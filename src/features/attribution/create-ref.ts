import { ok, type Result } from '../../core/result.ts'
import { storable, truncate } from '../../core/text.ts'
import type { Tx } from '../../platform/db/index.ts'
import { chatLink } from '../../platform/line/index.ts'
import { REF_CODE, refText } from './rules/ref-text.ts'
import { insertRef } from './store.ts'

const LABEL_MAX_LENGTH = 100
const GREETING = 'はじめまして'

export interface NewRef {
  /** What stands in the link: 1 to 32 small letters, digits, - and _. */
  readonly code: string
  /** What people call it; the code itself when left out. */
  readonly label?: string | undefined
  readonly at: Date
}

/** Makes a code that customers bring along; a code that was ever given away is not given away again. */
export async function createRef(
  tx: Tx,
  { code, label, at }: NewRef
): Promise<Result<string, { kind: 'bad' | 'taken' }>> {
  const name = code.toLowerCase()
  if (!REF_CODE.test(name)) return { ok: false, kind: 'bad' }
  const shown = truncate(storable(label ?? '').trim() || name, LABEL_MAX_LENGTH)
  if (!(await insertRef(tx, { code: name, label: shown, createdAt: at }))) return { ok: false, kind: 'taken' }
  return ok(name)
}

/** The link that opens the chat with the account ("@id"), with a greeting and the code written already. */
export function refLink(botId: string, code: string): string {
  return chatLink(botId, refText(GREETING, code))
}
