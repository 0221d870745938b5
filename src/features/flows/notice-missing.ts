import { tellNotice } from '../../platform/slack/index.ts'
import type { Work } from '../../platform/work.ts'
import type { KeptRun } from './store/runs.ts'
import { MISSING_TEXTS } from './texts.ts'

/** Something that a flow names and that is not published any more. */
export interface Missing {
  readonly what: 'flow' | 'coupon' | 'card' | 'points'
  readonly name: string
}

/** Lets staff know, once for each version of the flow, that a step came to nothing because what it names is not there. */
export async function noticeMissing(work: Work, { flow, definitionId }: KeptRun, missing: Missing): Promise<void> {
  const { what, name } = missing
  work.log.warn('A flow names what is not published', { flow, what, name })
  await tellNotice(work, {
    name: `flow-missing:${definitionId}:${what}:${name}`,
    text: (locale) => MISSING_TEXTS[locale][what](flow, name)
  })
}
