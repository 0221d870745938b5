import { placeCustomers, resolvePeople } from '../customers/index.ts'
import { type Recording, recordEvents } from '../events/index.ts'
import type { Unit } from './read-unit.ts'
import { writeProfiles } from './write-profiles.ts'

/** What became of a row: "duplicate" = a happening told before, a customer who is known (and brought up to date). */
export type RowOutcome = 'imported' | 'duplicate'

/**
 * Writes rows in the caller's transaction: whose they are, then what happened or what is known of them. One outcome per
 * row, in order. Nobody is told: what happened long ago starts no survey and sends no message.
 */
export async function writeBatch(work: Recording, units: readonly Unit[]): Promise<RowOutcome[]> {
  const { owners, created } = await findOwners(work, units)
  const ownerOf = (unit: Unit) => owners.get(unit) ?? ''
  const events = units.flatMap((unit) => (unit.event ? [{ ...unit.event, customerId: ownerOf(unit) }] : []))
  if (events.length > 0)
    return (await recordEvents(work, events)).map((outcome) => (outcome === 'recorded' ? 'imported' : 'duplicate'))
  await writeProfiles(work, units, ownerOf)
  const fresh = new Set(created)
  return units.map((unit) => (fresh.delete(ownerOf(unit)) ? 'imported' : 'duplicate'))
}

/** Rows of one person are resolved once: a file of visits has few people and many rows. */
async function findOwners(work: Recording, units: readonly Unit[]) {
  const own = units.filter(({ mataneId }) => mataneId !== undefined)
  const placed = await placeCustomers(
    work,
    own.map(({ mataneId = '', told, profile }) => {
      return { id: mataneId, told, createdAt: profile?.createdAt, locale: profile?.locale }
    })
  )
  const people = new Map<string, Unit[]>()
  for (const unit of units) {
    if (unit.mataneId !== undefined) continue
    const key = JSON.stringify(unit.told)
    people.set(key, [...(people.get(key) ?? []), unit])
  }
  const groups = [...people.values()]
  const resolved = await resolvePeople(
    work,
    groups.map(([first]) => first?.told ?? [])
  )
  const owners = new Map<Unit, string>(own.map((unit) => [unit, unit.mataneId ?? '']))
  for (const [index, group] of groups.entries())
    for (const unit of group) owners.set(unit, resolved.customerIds[index] ?? '')
  return { owners, created: [...placed, ...resolved.created] }
}
