import { type Locale, localeOf } from '../../core/locale.ts'
import type { Tx } from '../../platform/db/index.ts'
import { ROLES } from '../../platform/slack/index.ts'
import type { Standing } from './rules/role.ts'

/** A Slack account as it was last checked. */
export interface StaffRecord {
  readonly id: string
  readonly teamId: string
  readonly name: string
  readonly role: Standing
  /** The manager who fixed the role by hand; null = as Slack says. */
  readonly roleSetBy: string | null
  readonly locale: Locale
  /** Real time, not business time. */
  readonly checkedAt: Date
}

/** Takes the client of a transaction, or the database's outside of one. */
export async function findStaff(tx: Tx, id: string): Promise<StaffRecord | undefined> {
  const row = await tx.staff.findUnique({ where: { id } })
  return row ? recordOf(row) : undefined
}

/** Everybody who was ever checked, by role and name. */
export async function listStaff(tx: Tx): Promise<StaffRecord[]> {
  const order = [...ROLES, 'none']
  const records = (await tx.staff.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(recordOf)
  return records.sort((one, other) => order.indexOf(one.role) - order.indexOf(other.role))
}

/**
 * Writes down what a check found, unless the role was set by hand since `known` was read: then only the rest of it.
 */
export async function saveChecked(tx: Tx, known: StaffRecord | undefined, found: StaffRecord): Promise<void> {
  const { id, role, roleSetBy, ...rest } = found
  await tx.staff.upsert({ where: { id }, create: found, update: rest })
  await tx.staff.updateMany({ where: { id, roleSetBy: known?.roleSetBy ?? null }, data: { role, roleSetBy } })
}

export async function saveRole(tx: Tx, record: StaffRecord): Promise<void> {
  await tx.staff.upsert({ where: { id: record.id }, create: record, update: record })
}

export async function countOtherManagers(tx: Tx, id: string): Promise<number> {
  return tx.staff.count({ where: { role: 'manager', id: { not: id } } })
}

function recordOf(row: Awaited<ReturnType<Tx['staff']['findUniqueOrThrow']>>): StaffRecord {
  const role = ROLES.find((known) => known === row.role) ?? 'none'
  return { ...row, role, locale: localeOf(row.locale) }
}
