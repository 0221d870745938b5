import type { Database } from '../../platform/db/index.ts'
import { retryConflicts } from '../../platform/queue/index.ts'
import { recordAudit } from '../audit/index.ts'
import { ensureMonths } from '../events/index.ts'
import { type Chosen, type FileFault, rememberLayout } from './choose-layout.ts'
import { type FileReading, openTable } from './open-table.ts'
import type { Bytes } from './read-table.ts'
import { momentsOf, readUnit, type Unit, type UnitReading, unitReading } from './read-unit.ts'
import type { CsvRow } from './rules/csv.ts'
import type { Kind } from './rules/fields.ts'
import { isSkipped, type Mapping } from './rules/mapping.ts'
import { Occurrences } from './rules/occurrences.ts'
import type { RowFault } from './rules/row/problem.ts'
import { createTally, type Tally } from './tally.ts'
import { type RowOutcome, writeBatch } from './write-batch.ts'

export interface ImportOrder {
  readonly kind: Kind
  readonly bytes: Bytes
  readonly mapping?: Mapping | undefined
  /** Does everything, and takes each batch back: the report is the one of the real import. */
  readonly dryRun: boolean
  /** Who imports: a Slack user id, or "cli". */
  readonly by: string
  readonly now: Date
  readonly timeZone: string
  /** Told after each batch how many rows are done. */
  readonly onProgress?: ((rows: number) => void) | undefined
  /** Told of each row as it is done; not in the order of lines. */
  readonly onRow?: ((line: number, outcome: RowOutcome | 'skipped' | RowFault) => void) | undefined
}

/** What became of a file. rows = imported + duplicates + erased + skipped + failed. */
export interface ImportSummary {
  readonly kind: Kind
  readonly dryRun: boolean
  readonly rows: number
  readonly imported: number
  readonly duplicates: number
  /** About people who were erased since, and must not come back. */
  readonly erased: number
  /** Left out because the mapping says so. */
  readonly skipped: number
  readonly failed: number
  /** By line; at most 10,000. */
  readonly errors: readonly ({ readonly line: number } & RowFault)[]
  readonly file: FileReading
}

export type ImportResult =
  | { readonly ok: true; readonly summary: ImportSummary }
  | { readonly ok: false; readonly fault: FileFault }

const ROWS_AT_ONCE = 500
/** Batches under way at once, where the database can do so: while one waits for the disk, another one computes. */
const LANES = 3

/**
 * Imports a CSV file in batches, each in a transaction of its own. Safe to break off and to run again: what is there
 * already is a duplicate. Memory does not grow with the file, but for 32 bytes a row.
 */
export async function importFile(db: Database, order: ImportOrder): Promise<ImportResult> {
  const opened = await openTable(db, order)
  if ('kind' in opened) return { ok: false, fault: opened }
  const { chosen, header } = opened
  const tally = createTally(order)
  await importRows({ db, order, chosen, tally }, opened.rows).finally(() => opened.rows.return?.())
  if (!order.dryRun) {
    await rememberLayout(db, chosen, header)
    await db.transaction((tx) => recordAudit({ tx, cipher: db.cipher, now: order.now }, auditEntry(order, tally)))
  }
  return {
    ok: true,
    summary: { ...tally.summary(), kind: order.kind, dryRun: order.dryRun, file: opened.describe() }
  }
}

interface Importing {
  readonly db: Database
  readonly order: ImportOrder
  readonly chosen: Chosen
  readonly tally: Tally
}

async function importRows(importing: Importing, rows: AsyncIterator<CsvRow>): Promise<void> {
  const { db, order, chosen, tally } = importing
  const reading = unitReading(chosen.layout, { ...order, cipher: db.cipher, seen: new Occurrences() })
  const write = batchWriter(importing)
  const lanes = createLanes(order.dryRun ? 1 : Math.min(LANES, db.concurrency))
  let batch: Unit[] = []
  try {
    for (let next = await rows.next(); !next.done; next = await rows.next()) {
      const unit = unitOf(reading, next.value, tally)
      if (unit) batch.push(unit)
      if (batch.length < ROWS_AT_ONCE) continue
      const full = batch
      batch = []
      await lanes.run(() => write(full))
    }
    await lanes.run(() => write(batch))
  } finally {
    await lanes.end()
  }
}

/** The row as a unit to write; undefined when it is settled already. */
function unitOf(reading: UnitReading, { line, cells }: CsvRow, tally: Tally): Unit | undefined {
  if (!cells) return tally.fault(line, { problem: 'quotes' })
  if (isSkipped(reading.layout, cells)) return tally.count(line, 'skipped')
  const read = readUnit(reading, line, cells)
  if (read === 'duplicate') return tally.count(line, read)
  return 'fault' in read ? tally.fault(line, read.fault) : read.unit
}

/** Writes a batch; partitions are made before, because making one waits for everybody who writes. */
function batchWriter({ db, order, tally }: Importing): (units: readonly Unit[]) => Promise<void> {
  const months = new Map<string, Promise<unknown>>()
  const ensure = (at: Date): Promise<unknown> | undefined => {
    if (order.dryRun) return undefined
    const month = at.toISOString().slice(0, 7)
    const made = months.get(month) ?? ensureMonths(db, at, at)
    months.set(month, made)
    return made
  }
  return async (units) => {
    if (units.length === 0) return
    for (const unit of units) for (const at of momentsOf(unit)) await ensure(at)
    const outcomes = await inTransaction(db, order, units)
    for (const [index, { line }] of units.entries()) {
      const outcome = outcomes[index] ?? 'duplicate'
      if (outcome === 'unfit') tally.fault(line, { problem: outcome })
      else tally.count(line, outcome)
    }
    order.onProgress?.(tally.rows())
  }
}

class TakenBack extends Error {
  readonly outcomes: readonly RowOutcome[]

  constructor(outcomes: readonly RowOutcome[]) {
    super('A dry run takes back what it wrote')
    this.outcomes = outcomes
  }
}

async function inTransaction(db: Database, order: ImportOrder, units: readonly Unit[]): Promise<readonly RowOutcome[]> {
  const { now, timeZone, dryRun } = order
  const write = () =>
    db.transaction(async (tx) => {
      const outcomes = await writeBatch({ tx, cipher: db.cipher, now, timeZone }, units)
      if (dryRun) throw new TakenBack(outcomes)
      return outcomes
    })
  return retryConflicts(write).catch((error: unknown) => {
    if (error instanceof TakenBack) return error.outcomes
    throw error
  })
}

/** Runs so many pieces of work at once; the first that fails ends it. */
function createLanes(count: number) {
  const running = new Set<Promise<void>>()
  return {
    async run(work: () => Promise<void>): Promise<void> {
      while (running.size >= count) await Promise.race(running)
      const lane = work()
      // A lane that failed stays, for the race or the end to meet; until then it must not count as met by nobody.
      lane.then(() => running.delete(lane)).catch(() => undefined)
      running.add(lane)
    },
    /** Waits for all; throws when one has failed. */
    async end(): Promise<void> {
      const ended = await Promise.allSettled(running)
      for (const one of ended) if (one.status === 'rejected') throw one.reason
    }
  }
}

function auditEntry({ kind, by }: ImportOrder, tally: Tally) {
  const { rows, imported } = tally.summary()
  return {
    actor: by === 'cli' ? ({ kind: 'system', id: 'matane' } as const) : ({ kind: 'staff', id: by } as const),
    action: 'data.import',
    subject: { type: 'data', id: kind },
    detail: { rows, imported }
  } as const
}
