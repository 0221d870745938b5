import type { Database } from '../../platform/db/index.ts'
import { quotaMonth, readQuota } from '../../platform/line/index.ts'
import { holdingFor } from './holding-for.ts'
import type { Moment } from './rules/moment.ts'
import type { Condition } from './rules/schema.ts'
import { countMembers, type Found } from './store/preview.ts'

/** What using a segment would mean. */
export interface Preview extends Found {
  /** One message to each who may be written to takes so many pushes of the monthly quota … */
  readonly pushesNeeded: number
  /** … of which so many are left; undefined = no limit, or LINE has not told it yet. */
  readonly pushesLeft: number | undefined
}

/** As many as one can look through. */
const SAMPLE_SIZE = 10

/** Who belongs to a condition now, how many of them may be written to on LINE, and what a message to them would cost. */
export async function previewSegment(db: Database, who: Condition, moment: Moment): Promise<Preview> {
  const found = await countMembers(db, who, {
    ...{ ...moment, sampleSize: SAMPLE_SIZE },
    ...(await holdingFor(db.prisma))
  })
  const { limit, used, exhausted } = await readQuota(db, quotaMonth(moment.now))
  const left = limit === undefined ? undefined : Math.max(0, limit - used)
  return { ...found, pushesNeeded: found.reachable, pushesLeft: exhausted ? 0 : left }
}
