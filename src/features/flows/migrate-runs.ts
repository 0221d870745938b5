import type { Result } from '../../core/result.ts'
import { ok } from '../../core/result.ts'
import type { Database, Tx } from '../../platform/db/index.ts'
import { lockKey } from '../../platform/db/index.ts'
import { byId } from '../definitions/index.ts'
import { flowOf, publishedFlow } from './definition.ts'
import { type MoveFault, moveFault } from './rules/move-run.ts'
import { countOlder, findOlder, moveToVersion, type Older } from './store/versions.ts'

/** What is to become of those who wait at one step of one older version; without `to` they stay where they are. */
export interface PlannedMove extends Older {
  readonly version: number
  readonly to: string | undefined
}

export interface MigrationPlan {
  readonly flow: string
  readonly definitionId: string
  /** The version they come to. */
  readonly version: number
  readonly moves: readonly PlannedMove[]
}

type PlanFault = { kind: 'unknown_flow' } | { kind: 'bad_moves'; faults: readonly MoveFault[] }

/**
 * What moving those who wait in older versions to the one in force would do. `steps` says for each step where those who wait
 * there go on waiting: at one of the same kind, as it has been said already.
 */
export async function planMigration(
  tx: Tx,
  id: string,
  steps: ReadonlyMap<string, string>
): Promise<Result<MigrationPlan, PlanFault>> {
  const published = await publishedFlow(tx, id)
  if (!published) return { ok: false, kind: 'unknown_flow' }
  const { definition, flow } = published
  const moves: PlannedMove[] = []
  const faults: MoveFault[] = []
  for (const older of await countOlder(tx, { flow: id, definitionId: definition.id })) {
    const from = await byId(tx, older.definitionId)
    if (!from) throw new Error(`Runs of ${id} belong to a version that is gone: ${older.definitionId}`)
    const to = steps.get(older.step)
    const fault = to === undefined ? undefined : moveFault({ from: flowOf(from.body), step: older.step }, { flow, to })
    if (fault) faults.push(fault)
    moves.push({ ...older, version: from.version, to })
  }
  if (faults.length > 0) return { ok: false, kind: 'bad_moves', faults }
  return ok({ flow: id, definitionId: definition.id, version: definition.version, moves })
}

/** A batch holds as many customers' locks. */
const AT_ONCE = 100

/**
 * Carries a plan out, some customers at a time; how many moved. Whoever goes on meanwhile stays in their version. Stopped in
 * the middle, it is done again.
 */
export async function migrateRuns(db: Database, { flow, definitionId, moves }: MigrationPlan): Promise<number> {
  let moved = 0
  for (const { to, ...older } of moves) {
    if (to === undefined) continue
    for (let after = ''; ; ) {
      const batch = await findOlder(db.prisma, { flow, ...older }, { after, limit: AT_ONCE })
      after = batch.at(-1)?.customerId ?? ''
      moved += await db.transaction(async (tx) => {
        // Whoever leads one of them on holds their lock, and writes the step they have read.
        for (const { customerId } of batch) await lockKey(tx, customerId)
        const ids = batch.map(({ id }) => id)
        return moveToVersion(tx, { ids, older, definitionId, to })
      })
      if (batch.length < AT_ONCE) break
    }
  }
  return moved
}
