import type { Database, Tx } from '../db/index.ts'
import type { RecordRef } from './intent.ts'

/** Where a record is shown, and which version of it was shown last. */
export interface ShownMessage {
  readonly channel: string
  readonly ts: string
  readonly version: number
}

/** undefined = the record was never shown. */
export async function findShown(db: Database, record: RecordRef): Promise<ShownMessage | undefined> {
  const row = await db.prisma.slackMessage.findUnique({ where: { recordType_recordId: keyOf(record) } })
  return row ? { channel: row.channel, ts: row.ts, version: row.version } : undefined
}

/** Remembers where the record is shown now; a message shown before is forgotten. */
export async function bindShown(db: Database, record: RecordRef, shown: ShownMessage): Promise<void> {
  await db.prisma.slackMessage.upsert({
    where: { recordType_recordId: keyOf(record) },
    create: { ...keyOf(record), ...shown },
    update: { ...shown, updatedAt: new Date() }
  })
}

/** Remembers that a newer version is shown in the same message. */
export async function noteVersion(db: Database, record: RecordRef, { ts, version }: ShownMessage): Promise<void> {
  await db.prisma.slackMessage.updateMany({
    where: { ...keyOf(record), ts, version: { lt: version } },
    data: { version, updatedAt: new Date() }
  })
}

/** The record whose card heads a thread. */
export async function recordAt(tx: Tx, channel: string, ts: string): Promise<RecordRef | undefined> {
  const row = await tx.slackMessage.findFirst({ where: { channel, ts } })
  return row ? { type: row.recordType, id: row.recordId } : undefined
}

const keyOf = ({ type, id }: RecordRef) => ({ recordType: type, recordId: id })
