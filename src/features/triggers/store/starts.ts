import type { Tx } from '../../../platform/db/index.ts'

/** A flow started by hand for everybody in a segment. */
export interface SegmentStart {
  readonly id: string
  readonly kind: string
  readonly flow: string
  readonly segment: string
  readonly at: Date
  /** The last customer looked at. */
  readonly after: string | undefined
}

/** Notes a start; the same one, told again, is kept once. */
export async function insertStart(tx: Tx, start: Omit<SegmentStart, 'after'>): Promise<void> {
  await tx.flowStart.createMany({ data: [start], skipDuplicates: true })
}

/** The starts that are not through yet, the oldest first. */
export async function openStarts(tx: Tx): Promise<string[]> {
  return (await tx.flowStart.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }], select: { id: true } })).map(
    ({ id }) => id
  )
}

/** Locks a start; undefined = it is through, or another worker has it. */
export async function lockStart(tx: Tx, id: string): Promise<SegmentStart | undefined> {
  const [row] = await tx.$queryRaw<(Omit<SegmentStart, 'after'> & { after: string | null })[]>`
    SELECT id, kind, flow, segment, at, after FROM flow_start WHERE id = ${id}::uuid FOR UPDATE SKIP LOCKED`
  return row && { ...row, after: row.after ?? undefined }
}

/** Notes how far a start has come; undefined = it is through. */
export async function saveStart(tx: Tx, id: string, after: string | undefined): Promise<void> {
  if (after === undefined) await tx.flowStart.deleteMany({ where: { id } })
  else await tx.flowStart.update({ where: { id }, data: { after } })
}

export async function countMembers(tx: Tx, segment: string): Promise<number> {
  return tx.segmentMember.count({ where: { segment } })
}
