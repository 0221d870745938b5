import type { Choice } from './state.ts'

/** The fields that words are written in: at the phone, in the channel, in the thread. */
export type Field = 'line' | 'channel' | 'thread'

/** Whose field it is, and where it stands: each customer, and each staff member in each channel and thread, has one. */
export function placeOf({ person, staff, channel, thread }: Choice, field: Field): string {
  return {
    line: `line/${person}`,
    channel: `slack/${staff}/${channel}`,
    thread: `slack/${staff}/${channel}/${thread}`
  }[field]
}

/** What is being typed there; empty when nothing is. */
export function draftAt({ drafts }: Choice, place: string): string {
  return drafts[place] ?? ''
}

/** The drafts with these words there, and all others as they were. */
export function withDraft({ drafts }: Choice, place: string, words: string): Pick<Choice, 'drafts'> {
  return { drafts: { ...drafts, [place]: words } }
}
