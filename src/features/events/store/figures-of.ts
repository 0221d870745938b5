import type { Tx } from '../../../platform/db/index.ts'
import { STAGES, type Stage } from '../rules/stage.ts'

/** Amounts of a time, in yen: orders less refunds. */
export interface Value {
  readonly yen90d: number
  readonly yen365d: number
  readonly yenEver: number
  readonly orders: number
}

/** What a customer's events add up to, as people look at it. Days are business days ("2026-11-21"). */
export interface CustomerFigures {
  readonly visits: number
  readonly visits90d: number
  readonly value: Value
  readonly stage: Stage | undefined
  readonly stageSince: string | undefined
  /** Quintiles, 5 is best; undefined while they are not rated. */
  readonly scores: { readonly recency: number; readonly frequency: number; readonly money: number } | undefined
  readonly activeDays: number
  readonly lastDay: string | undefined
  readonly gapMeanDays: number | undefined
  readonly gapSpreadDays: number | undefined
  readonly messagesSent: number
  readonly messagesClicked: number
  readonly inquiries: number
  readonly negatives: number
  readonly couponsGranted: number
  readonly lastCsat: number | undefined
  readonly nps: { readonly score: number; readonly at: Date } | undefined
}

type Row = NonNullable<Awaited<ReturnType<Tx['customerStats']['findUnique']>>>

/** A customer's figures; undefined when nothing that counts ever happened. */
export async function customerFigures(tx: Tx, customerId: string): Promise<CustomerFigures | undefined> {
  const row = await tx.customerStats.findUnique({ where: { customerId } })
  return row ? figuresOf(row) : undefined
}

function figuresOf(row: Row): CustomerFigures {
  const { recencyScore: recency, frequencyScore: frequency, moneyScore: money, lastNps: score, lastNpsAt: at } = row
  return {
    ...{ visits: row.visits, visits90d: row.visits90d, couponsGranted: row.couponsGranted },
    ...{ activeDays: row.activeDays, inquiries: row.inquiries, negatives: row.negatives },
    ...{ messagesSent: row.messagesSent, messagesClicked: row.messagesClicked },
    value: {
      yen90d: Number(row.amount90dYen),
      yen365d: Number(row.amount365dYen),
      yenEver: Number(row.amountYen),
      orders: row.orders
    },
    stage: STAGES.find((stage) => stage === row.stage),
    stageSince: dayIn(row.stageSince),
    scores: recency !== null && frequency !== null && money !== null ? { recency, frequency, money } : undefined,
    lastDay: dayIn(row.lastDay),
    gapMeanDays: row.gapMeanDays ?? undefined,
    gapSpreadDays: row.gapSpreadDays ?? undefined,
    lastCsat: row.lastCsat ?? undefined,
    nps: score !== null && at !== null ? { score, at } : undefined
  }
}

/** Dates of the database come as the midnight of UTC. */
function dayIn(date: Date | null): string | undefined {
  return date?.toISOString().slice(0, 10)
}
