import { englishClauses, japaneseClauses } from './clauses.ts'
import { isCourtesy } from './courtesy.ts'
import { saysInEnglish } from './leaving-en.ts'
import { saysInJapanese } from './leaving-ja.ts'

/** How sure it is that the writer wants to leave: plainly said, perhaps, not. */
export type CancelIntent = 'yes' | 'maybe' | 'no'

/** What a clause says about leaving, and which of the rules heard it. */
export interface Heard {
  readonly intent: CancelIntent
  readonly rule: string
  readonly clause: string
}

/**
 * Whether a text says that its writer wants to leave. "yes" needs plain words, in the writer's own name, about this
 * membership: what is negated, told of others or about something else does not count. What leaves doubt is "maybe", for a
 * person to read: a missed hint costs less than a customer who is asked to stay without having thought of leaving.
 */
export function readLeaving(text: string): Heard | undefined {
  const heard = [...saysInJapanese(text), ...saysInEnglish(text)]
  const find = (wanted: (one: Heard) => boolean) => heard.find(wanted)
  return (
    find(({ rule }) => rule === 'staying') ??
    find(({ intent }) => intent === 'yes') ??
    find(({ intent }) => intent === 'maybe') ??
    heard[0]
  )
}

/** Whether a text says that its writer stays, and nothing else: a wish beside it is not to be answered with thanks alone. */
export function saysOnlyStaying(text: string): boolean {
  const clauses = /[ぁ-んァ-ヶ一-龠]/.test(text) ? japaneseClauses(text) : englishClauses(text)
  const heard = clauses.map((clause) => readLeaving(clause)?.rule ?? (saysNothing(clause) ? 'nothing' : 'other'))
  const stays = heard.filter((rule) => rule === 'negated' || rule === 'staying').length
  return stays > 0 && stays + heard.filter((rule) => rule === 'nothing').length === heard.length
}

function saysNothing(clause: string): boolean {
  return isCourtesy(clause) || /^(?:いいえ|いえ|いや|no|nope)$/.test(clause)
}

export function hasCancelIntent(text: string): boolean {
  return readLeaving(text)?.intent === 'yes'
}
