/**
 * What leads a customer into a flow because of something that did not happen, once for each time: "absence:2026-10-22" names
 * the business day since which they did not do it. What leads them in otherwise is nothing that could be over meanwhile.
 */
export const SINCE = ['absence', 'overdue'] as const

/** The way and the day of such a cause; undefined for all others. */
export function sinceOf(cause: string): { readonly by: (typeof SINCE)[number]; readonly day: string } | undefined {
  const [way, day] = cause.split(':')
  const by = SINCE.find((each) => each === way)
  return by && day ? { by, day } : undefined
}
