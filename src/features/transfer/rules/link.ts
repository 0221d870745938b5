/** How long a link to an export opens. */
export const LINK_HOLDS = '1h'
/** How often its file can be fetched: a download that broke off, or a browser that asks twice, must not need a new link. */
export const MOST_TAKES = 3

/** Why a link opens nothing. */
export type LinkFault = 'unknown' | 'expired' | 'used_up'

/** What is wrong with a link at an instant, if anything. */
export function linkFault(
  link: { readonly expiresAt: Date; readonly taken: number } | undefined,
  at: Date
): LinkFault | undefined {
  if (!link) return 'unknown'
  if (link.expiresAt <= at) return 'expired'
  return link.taken >= MOST_TAKES ? 'used_up' : undefined
}
