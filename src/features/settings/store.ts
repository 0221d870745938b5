import type { Tx } from '../../platform/db/index.ts'

/** One change of a setting, as it is kept. */
interface NewChange {
  readonly name: string
  /** One more than that of the change before. */
  readonly version: number
  readonly value: string
  /** Slack user id. */
  readonly changedBy: string
  readonly changedAt: Date
  readonly cause: string
}

/** Keeps a change; it is in force from now on. */
export async function insertChange(tx: Tx, change: NewChange): Promise<void> {
  await tx.settingChange.create({ data: change })
}

/** Whether this cause already changed this setting: the same form told twice. */
export async function wasChanged(tx: Tx, name: string, cause: string): Promise<boolean> {
  return (await tx.settingChange.findUnique({ where: { name_cause: { name, cause } } })) !== null
}
