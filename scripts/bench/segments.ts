import { readDefinitionFiles } from '../../src/features/definitions/files.ts'
import { checkFiles } from '../../src/features/definitions/index.ts'
import { previewSegment, type Segment, segmentKind, segmentOf } from '../../src/features/segments/index.ts'
import { type Database, fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { median } from './figures.ts'
import { fillBusiness, TIME_ZONE } from './fill-business.ts'

export interface SegmentFigures {
  readonly id: string
  readonly people: number
  /** Of a preview: people, reach, cost and sample. */
  readonly medianMs: number
  readonly slowestMs: number
}

export interface SegmentPlan {
  readonly customers: number
  readonly events: number
  readonly rounds: number
}

/** How long a preview of each shipped segment takes in a business of so many customers and events. */
export async function measureSegments(
  databaseUrl: string,
  plan: SegmentPlan,
  progress: (text: string) => void
): Promise<SegmentFigures[]> {
  const db = await openDatabase({ databaseUrl }, fieldCipher([{ id: 'bench', bytes: new Uint8Array(32).fill(1) }]))
  try {
    await fillBusiness(databaseUrl, { ...plan, cipher: db.cipher }, progress)
    const figures: SegmentFigures[] = []
    for (const segment of shipped()) figures.push(await measure(db, segment, plan.rounds))
    return figures
  } finally {
    await db.close()
  }
}

async function measure(db: Database, { id, who }: Segment, rounds: number): Promise<SegmentFigures> {
  const tookMs: number[] = []
  let people = 0
  for (let round = 0; round < rounds; round += 1) {
    const startMs = performance.now()
    people = (await previewSegment(db, who, { now: new Date(), timeZone: TIME_ZONE })).people
    tookMs.push(performance.now() - startMs)
  }
  return { id, people, medianMs: median(tookMs), slowestMs: Math.max(...tookMs) }
}

function shipped(): Segment[] {
  const files = readDefinitionFiles(new URL('../../flows', import.meta.url).pathname)
  return checkFiles([segmentKind], files).good.map(({ body }) => segmentOf(body))
}
