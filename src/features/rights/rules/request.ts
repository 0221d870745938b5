import { ok, type Result } from '../../../core/result.ts'

/** What a person may ask of those who keep data about them: 開示, 訂正, 利用停止, 削除. */
export const RIGHTS = ['disclose', 'correct', 'restrict', 'erase'] as const
export type Right = (typeof RIGHTS)[number]

/**
 * "wording": the customer is about to write what is to be corrected. "waiting": staff decide. "scheduled": it will be done
 * at `runAt`. "running": the erasure has begun and cannot be called back. The others are its ends.
 */
export const STATES = ['wording', 'waiting', 'scheduled', 'running', 'done', 'declined', 'cancelled'] as const
export type State = (typeof STATES)[number]

export type Step = 'describe' | 'approve' | 'decline' | 'begin' | 'finish' | 'cancel'

const STEPS: Readonly<Record<Step, { readonly from: readonly State[]; readonly to: State }>> = {
  describe: { from: ['wording'], to: 'waiting' },
  approve: { from: ['waiting'], to: 'scheduled' },
  decline: { from: ['waiting'], to: 'declined' },
  begin: { from: ['scheduled'], to: 'running' },
  finish: { from: ['wording', 'waiting', 'scheduled', 'running'], to: 'done' },
  cancel: { from: ['wording', 'waiting', 'scheduled'], to: 'cancelled' }
}

/** The cause of a request that another system passes on ("shopify"), by its own id of the message. */
export function passedOnBy(source: string, id: string): string {
  return `hook:${source}:${id}`
}

/** The system that passed a request on; null = the customer asked in the chat. */
export function sourceOf(cause: string): string | null {
  return /^hook:([^:]+):/.exec(cause)?.[1] ?? null
}

/** Where a step leads; refused when the request has moved on: a button that somebody else was faster with. */
export function nextState(state: State, step: Step): Result<State, { kind: 'moved_on'; state: State }> {
  const { from, to } = STEPS[step]
  return from.includes(state) ? ok(to) : { ok: false, kind: 'moved_on', state }
}

/**
 * Within how many days a request is answered. APPI art. 33–35 say "without delay" and give no number; art. 39 lets a person
 * sue once two weeks have passed since the request, which is therefore the longest anybody should wait. (GDPR art. 12-3
 * gives a month.)
 */
export const DUE_DAYS = 14
/** Staff are reminded this long before. */
const REMIND_DAYS = 3
/** A confirmation button counts this long; later the customer is asked anew. */
export const CONFIRM_MINUTES = 30
/** What is to be corrected is taken from the next message within this long. */
export const WORDING_MINUTES = 60

export function addDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * 86_400_000)
}

/** When staff are reminded next: before the deadline, then at it; undefined once it has passed. */
export function nextReminder(dueAt: Date, now: Date): Date | undefined {
  return [addDays(dueAt, -REMIND_DAYS), dueAt].find((at) => at > now)
}
