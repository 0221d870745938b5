import { isDataFault } from '../../platform/queue/index.ts'
import { placeCustomers, resolvePeople } from '../customers/index.ts'
import { type Recording, recordEvents } from '../events/index.ts'
import { survivorsOf } from '../merge/index.ts'
import type { Unit } from './read-unit.ts'
import { apart } from './store/trial.ts'
import { writeProfiles } from './write-profiles.ts'

/**
 * What became of a row: "duplicate" = a happening told before, a customer who is known (and brought up to date); "erased" =
 * left aside, because it is about somebody who was erased since; "unfit" = the database cannot hold what it leads to.
 */
export type RowOutcome = 'imported' | 'duplicate' | 'erased' | 'unfit'

/**
 * Writes rows in the caller's transaction: whose they are, then what happened or what is known of them. One outcome per
 * row, in order. Nobody is told: what happened long ago starts no survey and sends no message.
 */
export async function writeBatch(work: Recording, units: readonly Unit[]): Promise<RowOutcome[]> {
  try {
    return await apart(work.tx, () => write(work, units))
  } catch (error) {
    if (!isDataFault(error)) throw error
    if (units.length === 1) return ['unfit']
    // Halved until the row is alone, so that it keeps no other one out.
    const half = Math.ceil(units.length / 2)
    const first = await writeBatch(work, units.slice(0, half))
    return [...first, ...(await writeBatch(work, units.slice(half)))]
  }
}

async function write(work: Recording, units: readonly Unit[]): Promise<RowOutcome[]> {
  const { owners, created } = await findOwners(work, units)
  const events = units.flatMap((unit) => {
    const customerId = owners.get(unit)
    return unit.event && customerId ? [{ ...unit.event, customerId }] : []
  })
  const told = units.filter((unit) => unit.profile && owners.has(unit))
  await writeProfiles(work, told, (unit) => owners.get(unit) ?? '')
  const recorded = events.length > 0 ? (await recordEvents(work, events)).values() : [].values()
  const fresh = new Set(created)
  return units.map((unit) => {
    const owner = owners.get(unit)
    if (owner === undefined) return 'erased'
    const isNew = unit.event ? recorded.next().value === 'recorded' : fresh.delete(owner)
    return isNew ? 'imported' : 'duplicate'
  })
}

/** Whose rows are; those of people who were erased since are nobody's. */
async function findOwners(work: Recording, units: readonly Unit[]) {
  const own = units.filter(({ mataneId }) => mataneId !== undefined)
  const named = units.filter(({ mataneId }) => mataneId === undefined)
  const owners = new Map<Unit, string>()
  const placed = await placeOwn(work, own, owners)
  const resolved = await resolvePeople(
    work,
    named.map((unit) => ({ told: unit.told, at: timeOf(unit) }))
  )
  for (const [index, unit] of named.entries()) {
    const customerId = resolved.customerIds[index]
    if (customerId !== undefined) owners.set(unit, customerId)
  }
  return { owners, created: [...placed, ...resolved.created] }
}

/** Rows that name customers by the ids they had here. Whoever was merged is whom they became part of. */
async function placeOwn(work: Recording, own: readonly Unit[], owners: Map<Unit, string>) {
  if (own.length === 0) return []
  const ids = own.map(({ mataneId = '' }) => mataneId)
  const survivors = await survivorsOf(work.tx, ids)
  const placed = own.map((unit, index) => {
    const id = survivors.get(ids[index] ?? '') ?? ids[index] ?? ''
    return { id, told: unit.told, at: timeOf(unit), createdAt: unit.profile?.createdAt, locale: unit.profile?.locale }
  })
  const { isIn, created } = await placeCustomers(work, placed)
  for (const [index, unit] of own.entries()) if (isIn[index]) owners.set(unit, placed[index]?.id ?? '')
  return created
}

/** A list of customers says of them when they became some. */
const timeOf = ({ event, profile }: Unit): Date | undefined => event?.at ?? profile?.createdAt
