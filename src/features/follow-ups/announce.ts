import type { RecordRef } from '../../platform/slack/index.ts'
import type { Work } from '../../platform/work.ts'

export const RECORD_TYPE = 'follow_up'

export const recordOf = (id: string): RecordRef => ({ type: RECORD_TYPE, id })

/** Brings the card in Slack up to date after the commit. */
export function show(work: Work, id: string): void {
  work.slack({ kind: 'card', record: recordOf(id) })
}

/**
 * Logs a line in the thread under the card, for what people must know; `toAll` shows it in the channel as well. Never the customer's words: those stand on the
 * card, which can be drawn again without them when the customer takes them back.
 */
export function say(work: Work, id: string, text: string, { toAll = false } = {}): void {
  work.slack({ kind: 'thread', record: recordOf(id), text, ...(toAll && { toAll }) })
}
