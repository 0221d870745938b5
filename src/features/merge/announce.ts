import type { Work } from '../../platform/work.ts'

export const RECORD_TYPE = 'customer_merge'

/** Brings the merge's card in Slack up to date after the commit. */
export function showMerge(work: Work, id: string): void {
  work.slack({ kind: 'card', record: { type: RECORD_TYPE, id } })
}
