import { complaintIn } from './complaint.ts'
import { isCourtesy } from './courtesy.ts'
import { type CancelIntent, type Heard, readLeaving, saysOnlyStaying } from './leaving.ts'

export type { CancelIntent }

/**
 * What a text wants of us: to leave, to complain, to say that they stay, to be polite, or anything else, for a person to
 * read. Who leaves and complains leaves.
 */
export type Intention = 'leave' | 'complain' | 'stay' | 'courtesy' | 'other'

export interface Reading {
  readonly intention: Intention
  readonly cancelIntent: CancelIntent
  readonly complaint: boolean
  /** The clauses that were heard and what they were taken for, in English, for whoever tunes the rules. */
  readonly why: string
}

/** What a customer's own words say about leaving and about being unhappy, by rules alone: the same text, the same reading. */
export function readWords(text: string): Reading {
  const leaving = readLeaving(text)
  const complaint = complaintIn(text)
  const courtesy = isCourtesy(text)
  const heard = [
    leaving && leavingWhy(leaving),
    complaint && `complaint: 「${complaint}」`,
    courtesy && 'a greeting, thanks or a nod'
  ].filter(Boolean)
  return {
    intention: intentionOf({ leaving, complaint, courtesy, stays: saysOnlyStaying(text) }),
    cancelIntent: leaving?.intent ?? 'no',
    complaint: complaint !== undefined,
    why: heard.join('; ') || 'says nothing of leaving, no complaint'
  }
}

function intentionOf({
  leaving,
  complaint,
  courtesy,
  stays
}: {
  readonly leaving: Heard | undefined
  readonly complaint: string | undefined
  readonly courtesy: boolean
  readonly stays: boolean
}): Intention {
  if (leaving?.intent === 'yes') return 'leave'
  if (complaint) return 'complain'
  if (stays) return 'stay'
  return courtesy ? 'courtesy' : 'other'
}

function leavingWhy({ intent, rule, clause }: Heard): string {
  if (intent === 'no') return `no wish to leave (${rule}): 「${clause}」`
  return `${intent === 'maybe' ? 'perhaps leaving: ' : ''}${rule}: 「${clause}」`
}
