import { importConsents } from '../consent/index.ts'
import { tagCustomers, tellAttributes } from '../customers/index.ts'
import type { Recording } from '../events/index.ts'
import type { Unit } from './read-unit.ts'

/** Who put tags that came with a file. */
const BY = 'import'

/**
 * Writes down what rows say of customers: tags are added, names and the like replace what was told before,
 * consents are kept with their dates.
 */
export async function writeProfiles(
  work: Recording,
  units: readonly Unit[],
  ownerOf: (unit: Unit) => string
): Promise<void> {
  const tags = units.flatMap((unit) =>
    (unit.profile?.tags ?? []).map((tag) => ({ customerId: ownerOf(unit), tag, by: BY }))
  )
  await tagCustomers(work, tags)
  const told = units.flatMap((unit) => {
    const { attributes = [] } = unit.profile ?? {}
    // Of two rows about one person in one file, the later counts.
    const by = `${BY}:${String(unit.line).padStart(9, '0')}`
    return attributes.length > 0 ? [{ customerId: ownerOf(unit), at: work.now, by, attributes }] : []
  })
  await tellAttributes(work, told)
  const consents = units.flatMap((unit) =>
    (unit.profile?.consents ?? []).map((consent) => ({ customerId: ownerOf(unit), ...consent }))
  )
  await importConsents(work, consents)
}
