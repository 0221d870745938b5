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

export function hasCancelIntent(text: string): boolean {
  return readLeaving(text)?.intent === 'yes'
}
