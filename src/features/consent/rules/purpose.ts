/** What personal data may be used for. "service" is what the customer came for: it cannot be refused, only ended. */
export const PURPOSES = ['service', 'research', 'marketing', 'profiling'] as const
export type Purpose = (typeof PURPOSES)[number]

/** The purposes a customer decides on. */
export const CHOSEN = ['research', 'marketing', 'profiling'] as const satisfies readonly Purpose[]
export type ChosenPurpose = (typeof CHOSEN)[number]

/** "withdrawn" = refused after it had been allowed. */
export const STATUSES = ['granted', 'refused', 'withdrawn'] as const
export type Status = (typeof STATUSES)[number]

/** How a customer's yes or no to a purpose is written down, given what was in force. */
export function statusOf(allowed: boolean, wasAllowed: boolean): Status {
  if (allowed) return 'granted'
  return wasAllowed ? 'withdrawn' : 'refused'
}
