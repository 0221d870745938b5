import type { MomentReader } from '../moment.ts'
import type { Cell } from './cells.ts'
import type { RowFault } from './problem.ts'
import { rangeFault } from './reading.ts'

/** A yes or no to a purpose; `at` undefined = the file does not say since when. */
export interface ConsentCell {
  readonly purpose: (typeof PURPOSES)[number]
  readonly allow: boolean
  readonly at: Date | undefined
}

/** Purposes that files tell of, each in a column "<purpose>_consent". */
const PURPOSES = ['marketing', 'research', 'profiling'] as const

const YES = /^(1|true|yes|y|○|〇|◯|あり|有|はい|可|同意|同意する|同意あり|許可|希望|希望する|配信する)$/i
const NO = /^(0|false|no|n|×|✕|なし|無|いいえ|不可|同意しない|同意なし|拒否|希望しない|配信しない|停止)$/i

/** What a row says of consents. */
export function consentsOf(cell: Cell, moment: MomentReader, now: Date): ConsentCell[] | RowFault {
  const told = cell('consent_at')
  const at = told === undefined ? undefined : moment(told)
  if (typeof at === 'string') return { problem: at, field: 'consent_at', value: told }
  const range = at && rangeFault(at, now)
  if (range) return { problem: range, field: 'consent_at', value: told }
  const consents: ConsentCell[] = []
  for (const purpose of PURPOSES) {
    const field = `${purpose}_consent` as const
    const word = cell(field)?.normalize('NFKC')
    if (word === undefined) continue
    // Whoever did not clearly say yes must not be taken to have: what is no answer is a fault.
    if (!YES.test(word) && !NO.test(word)) return { problem: 'bad_consent', field, value: word }
    consents.push({ purpose, allow: YES.test(word), at })
  }
  return consents
}
