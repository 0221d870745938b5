import type { Database } from '../../../platform/db/index.ts'
import type { Kind } from '../rules/fields.ts'
import { Mapping } from '../rules/mapping.ts'

interface Remembered {
  readonly kind: Kind
  /** Of the columns' names. */
  readonly fingerprint: string
  readonly mapping: Mapping
}

/** The mapping that was used last for files with these columns; undefined when there was none, or it is of another version. */
export async function findMapping(db: Database, kind: Kind, fingerprint: string): Promise<Mapping | undefined> {
  const row = await db.prisma.setting.findUnique({ where: { key: keyOf(kind, fingerprint) } })
  return row ? Mapping.safeParse(JSON.parse(row.value)).data : undefined
}

/** Keeps a mapping in place of the one before. */
export async function saveMapping(db: Database, { kind, fingerprint, mapping }: Remembered): Promise<void> {
  const key = keyOf(kind, fingerprint)
  const value = JSON.stringify(mapping)
  await db.prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}

const keyOf = (kind: Kind, fingerprint: string) => `transfer.mapping.${kind}.${fingerprint}`
