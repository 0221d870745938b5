import type { Tx } from '../../../platform/db/index.ts'

/** Which flow it is: "scenario" and its id. */
export interface FlowKey {
  readonly kind: string
  readonly flow: string
}

/** How far a flow has come. */
export interface Watermark {
  /** The version whose trigger it was. */
  readonly definitionId: string
  readonly doneUntil: Date
  /** The end of the time in work; undefined = none is. */
  readonly until: Date | undefined
  /** The last customer looked at for it. */
  readonly after: string | undefined
}

/** Locks a flow's watermark, and sets it when there is none yet; undefined = another worker has it. */
export async function lockWatermark(
  tx: Tx,
  { kind, flow }: FlowKey,
  first: { readonly definitionId: string; readonly doneUntil: Date }
): Promise<Watermark | undefined> {
  await tx.flowWatermark.createMany({ data: [{ kind, flow, ...first }], skipDuplicates: true })
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT definition_id AS "definitionId", done_until AS "doneUntil", until, after FROM flow_watermark
    WHERE kind = ${kind} AND flow = ${flow} FOR UPDATE SKIP LOCKED`
  return row && { ...row, until: row.until ?? undefined, after: row.after ?? undefined }
}

interface Row {
  readonly definitionId: string
  readonly doneUntil: Date
  readonly until: Date | null
  readonly after: string | null
}

export async function saveWatermark(tx: Tx, { kind, flow }: FlowKey, mark: Watermark): Promise<void> {
  const data = { ...mark, until: mark.until ?? null, after: mark.after ?? null }
  await tx.flowWatermark.update({ where: { kind_flow: { kind, flow } }, data })
}

/** Forgets flows that are no longer in force, or no longer led in by the clock: should they come back, they begin anew. */
export async function forgetOthers(tx: Tx, kept: readonly FlowKey[]): Promise<void> {
  await tx.flowWatermark.deleteMany({ where: { NOT: { OR: kept.map(({ kind, flow }) => ({ kind, flow })) } } })
}
