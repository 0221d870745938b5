import type { Work } from '../../platform/work.ts'
import type { NewReason } from './rules/reason.ts'

/** Which follow-up now carries the reason, and what that took: a new one, one more reason, or nothing (cause known). */
export interface OpenedFollowUp {
  readonly id: string
  readonly number: number
  readonly how: 'opened' | 'added' | 'known'
}

/**
 * Gets a person to look after a customer: opens a follow-up, or adds the reason to the one that is open. Shows it in
 * Slack. Safe to call again with the same cause. Takes the customer's lock.
 */
export async function openFollowUp(_work: Work, _reason: NewReason): Promise<OpenedFollowUp> {
  throw new Error('not there yet')
}
