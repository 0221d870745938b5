import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const FOLDER = join(import.meta.dirname, '../fixtures/cdnow')

/** One purchase; `day` is "1997-01-18". Two on one day by one customer occur. */
export interface CdnowPurchase {
  readonly customer: number
  readonly day: string
  readonly amountUsd: number
}

/** A customer's summary: repeat purchase days, and weeks (two decimals) to the last one and to 1997-09-30. */
export interface CdnowSummary {
  readonly customer: number
  readonly x: number
  readonly tx: number
  readonly T: number
}

/** The purchases of test/fixtures/cdnow, in the order of the file. */
export function cdnowPurchases(): CdnowPurchase[] {
  return linesOf('CDNOW_sample.txt.gz').map((line) => {
    const [, id, date = '', , amount] = line.trim().split(/\s+/)
    const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
    return { customer: Number(id), day, amountUsd: Number(amount) }
  })
}

/** The summaries of test/fixtures/cdnow. */
export function cdnowSummaries(): CdnowSummary[] {
  return linesOf('summary.csv.gz')
    .slice(1)
    .map((line) => {
      const [customer = 0, x = 0, tx = 0, T = 0] = line.split(',').map(Number)
      return { customer, x, tx, T }
    })
}

function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(join(FOLDER, file)))
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
}
