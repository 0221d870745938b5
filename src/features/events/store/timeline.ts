import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'

/** One thing that happened, with what may stand in the clear. */
export interface TimelineEvent {
  readonly id: string
  readonly name: string
  readonly at: Date
  readonly source: string
  readonly shop: string | undefined
  readonly properties: Readonly<Record<string, unknown>>
}

/** Where a page of the timeline ends: the next one begins below it. */
export interface TimelinePlace {
  readonly at: Date
  readonly id: string
}

const Properties = z.record(z.string(), z.unknown()).catch({})

/** What happened to a customer, the newest first: at most `limit` events, below a place or from the top. One statement. */
export async function timelinePage(
  tx: Tx,
  customerId: string,
  { below, limit }: { readonly below: TimelinePlace | undefined; readonly limit: number }
): Promise<TimelineEvent[]> {
  const rows = await tx.event.findMany({
    where: {
      customerId,
      ...(below && { at: { lte: below.at }, OR: [{ at: { lt: below.at } }, { id: { lt: below.id } }] })
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { id: true, name: true, at: true, source: true, shop: true, properties: true }
  })
  return rows.map((row) => ({ ...row, shop: row.shop ?? undefined, properties: Properties.parse(row.properties) }))
}
