import type { ImportOrder, ImportSummary } from './import-file.ts'
import type { RowFault } from './rules/row/problem.ts'
import type { RowOutcome } from './write-batch.ts'

/** Errors that a summary keeps: a file of the wrong kind has one on each line. */
const ERRORS_KEPT = 10_000

/** Counts what becomes of the rows of one file. */
export interface Tally {
  count(line: number, outcome: Exclude<RowOutcome, 'unfit'> | 'skipped'): undefined
  fault(line: number, fault: RowFault): undefined
  rows(): number
  summary(): Pick<ImportSummary, 'rows' | 'imported' | 'duplicates' | 'erased' | 'skipped' | 'failed' | 'errors'>
}

export function createTally({ onRow }: Pick<ImportOrder, 'onRow'> = {}): Tally {
  const counts = { imported: 0, duplicate: 0, erased: 0, skipped: 0, failed: 0 }
  const errors: ({ line: number } & RowFault)[] = []
  const rows = () => counts.imported + counts.duplicate + counts.erased + counts.skipped + counts.failed
  return {
    rows,
    count(line, outcome) {
      counts[outcome] += 1
      onRow?.(line, outcome)
    },
    fault(line, fault) {
      counts.failed += 1
      if (errors.length < ERRORS_KEPT) errors.push({ line, ...fault })
      onRow?.(line, fault)
    },
    summary() {
      const { imported, duplicate, erased, skipped, failed } = counts
      return { rows: rows(), imported, duplicates: duplicate, erased, skipped, failed, errors }
    }
  }
}
