import type { Work } from '../../platform/work.ts'
import { LINK_PATH } from './follow-link.ts'
import { canBeTracked } from './rules/tracked.ts'
import { insertLinks, type NewLink, type Origin, tokenOf } from './store.ts'

/**
 * The addresses for the buttons of a message, in their order: each leads by us to its target, so that a tap is known. One
 * that can't, as it acts inside LINE or as customers don't reach this server, is its target. Targets come from published
 * definitions alone, never from what somebody sent.
 */
export async function trackLinks(work: Work, origin: Origin, targets: readonly string[]): Promise<string[]> {
  const { linksAt } = work
  if (linksAt === undefined) return [...targets]
  const made: NewLink[] = []
  const addresses = targets.map((target, index) => {
    if (!canBeTracked(target)) return target
    const token = tokenOf(work, origin, index + 1)
    made.push({ token, target, button: index + 1 })
    return `${linksAt}${LINK_PATH}/${token}`
  })
  if (made.length > 0) await insertLinks(work, origin, made)
  return addresses
}
