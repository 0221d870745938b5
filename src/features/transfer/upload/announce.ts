import { z } from 'zod'
import type { Work } from '../../../platform/work.ts'

export const RECORD_TYPE = 'import_upload'
/** Steps are events of the inbox: each is done once, one after another, and again when a worker dies over it. */
export const STEP_SOURCE = 'transfer'

/** A step on a file's way: reading it, trying one part of it, importing one part. */
export const Step = z.object({ uploadId: z.uuid(), step: z.enum(['read', 'try', 'import']), part: z.int() })
export type Step = z.infer<typeof Step>

/** The step that is next. */
export function goOn(work: Work, step: Step): void {
  const { uploadId, part } = step
  work.later({
    source: STEP_SOURCE,
    eventId: `${uploadId}:${step.step}:${part}`,
    key: `${STEP_SOURCE}:${uploadId}`,
    occurredAt: work.now,
    body: JSON.stringify(step)
  })
}

/** Draws the file's card again. */
export function showUpload(work: Work, id: string): void {
  work.slack({ kind: 'card', record: { type: RECORD_TYPE, id } })
}
