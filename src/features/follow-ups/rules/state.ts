import { ok, type Result } from '../../../core/result.ts'
import { moreUrgent, type Priority } from './reason.ts'

/** How a follow-up can end. */
export const OUTCOMES = ['retained', 'watch', 'lost', 'false_alarm'] as const
/** "merged": it went on in another one, because two customers turned out to be one person. */
export type Outcome = (typeof OUTCOMES)[number] | 'merged'

/** What decides what may happen to a follow-up next. Open = not resolved; snoozed = open, and quiet until a time. */
export interface FollowUpState {
  /** Grows with every change, so that an older look of the card never covers a newer one. */
  readonly version: number
  readonly priority: Priority
  /** Until when a person should have answered for the first time. */
  readonly dueAt: Date
  readonly assigneeId: string | null
  readonly respondedAt: Date | null
  readonly snoozedUntil: Date | null
  readonly resolvedAt: Date | null
  readonly resolvedBy: string | null
  readonly outcome: Outcome | null
}

/** What can happen to a follow-up. `by` and `to` are Slack user ids. */
export type Change =
  | { readonly kind: 'add_reason'; readonly priority: Priority; readonly dueAt: Date }
  | { readonly kind: 'claim'; readonly by: string }
  | { readonly kind: 'assign'; readonly by: string; readonly to: string }
  | { readonly kind: 'snooze'; readonly until: Date }
  | { readonly kind: 'wake' }
  | { readonly kind: 'resolve'; readonly by: string; readonly outcome: Outcome }
  | { readonly kind: 'reopen'; readonly dueAt: Date }
  /** The deadline came and nobody has answered. */
  | { readonly kind: 'remind' }
  /** Something the card shows changed elsewhere: tags, words taken back. */
  | { readonly kind: 'redraw' }

/** Why a change is not possible now. */
export type Refusal =
  | { readonly kind: 'taken'; readonly by: string }
  | { readonly kind: 'resolved'; readonly by: string | null }
  | { readonly kind: 'still_open' }
  /** Claimed by whom has it, and has answered, already. */
  | { readonly kind: 'yours' }
  /** It is so already. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'past' }

/** What becomes of a follow-up that goes on in another one. */
export function joined(now: Date) {
  return { resolvedAt: now, resolvedBy: null, outcome: 'merged', snoozedUntil: null } as const
}

/** The state after a change, its version one higher, or why there is none. */
export function decide(state: FollowUpState, change: Change, now: Date): Result<FollowUpState, Refusal> {
  const refusal = refuse(state, change, now)
  if (refusal) return { ok: false, ...refusal }
  return ok({ ...state, ...after(state, change, now), version: state.version + 1 })
}

function refuse(state: FollowUpState, change: Change, now: Date): Refusal | undefined {
  if (change.kind === 'redraw') return undefined
  if (change.kind === 'reopen') return state.resolvedAt ? undefined : { kind: 'still_open' }
  return state.resolvedAt ? { kind: 'resolved', by: state.resolvedBy } : refuseWhileOpen(state, change, now)
}

function refuseWhileOpen(state: FollowUpState, change: Change, now: Date): Refusal | undefined {
  const unchanged = { kind: 'unchanged' } as const
  switch (change.kind) {
    case 'claim':
      return refuseClaim(state, change.by)
    case 'assign':
      return state.assigneeId === change.to ? unchanged : undefined
    case 'snooze':
      return change.until <= now ? { kind: 'past' } : undefined
    case 'wake':
      // A timer of an earlier, shorter snooze wakes nobody.
      return !state.snoozedUntil || state.snoozedUntil > now ? unchanged : undefined
    case 'remind':
      return state.respondedAt || state.snoozedUntil || state.dueAt > now ? unchanged : undefined
    default:
      return undefined
  }
}

function refuseClaim({ assigneeId, respondedAt }: FollowUpState, by: string): Refusal | undefined {
  if (!assigneeId) return undefined
  if (assigneeId !== by) return { kind: 'taken', by: assigneeId }
  // Whom a colleague chose has not answered yet: claiming says that they will.
  return respondedAt ? { kind: 'yours' } : undefined
}

function after(state: FollowUpState, change: Change, now: Date): Partial<FollowUpState> {
  const respondedAt = state.respondedAt ?? now
  switch (change.kind) {
    case 'add_reason':
      return {
        priority: moreUrgent(state.priority, change.priority),
        dueAt: state.respondedAt || change.dueAt > state.dueAt ? state.dueAt : change.dueAt,
        snoozedUntil: null
      }
    case 'claim':
      return { assigneeId: change.by, respondedAt }
    case 'assign':
      return { assigneeId: change.to, ...(change.to === change.by ? { respondedAt } : {}) }
    case 'snooze':
      return { snoozedUntil: change.until }
    case 'wake':
      return { snoozedUntil: null }
    case 'resolve':
      return { resolvedAt: now, resolvedBy: change.by, outcome: change.outcome, snoozedUntil: null, respondedAt }
    case 'reopen':
      return { resolvedAt: null, resolvedBy: null, outcome: null, respondedAt: null, dueAt: change.dueAt }
    case 'remind':
    case 'redraw':
      return {}
  }
}
