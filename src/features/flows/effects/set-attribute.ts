import { dayOf } from '../../../core/time.ts'
import type { Work } from '../../../platform/work.ts'
import { tellAttributes, toldAttribute } from '../../customers/index.ts'
import type { Deed } from '../rules/schema.ts'
import type { Progress } from './progress.ts'

type SetAttribute = Extract<Deed, { do: 'set' }>

/** Keeps something about the customer: what the flow says, or what they answered, if it makes sense as that. */
export async function setAttribute(work: Work, { flow, kept }: Progress, step: SetAttribute): Promise<void> {
  const { attribute: name, from, to } = step
  const told = from === undefined ? to : kept.run.facts[from]
  if (told === undefined) return
  const { customerId, causes } = kept
  const read = toldAttribute(name, told, { timeZone: work.timeZone, today: dayOf(work.now, work.timeZone) })
  // What they wrote is theirs, and no fault of the flow's: a birthday in a free text may be no day.
  if (!read.ok) return work.log.warn('An answer does not fit what it should be', { flow: flow.id, step: step.id })
  const cause = from === undefined ? undefined : causes[from]
  await tellAttributes(work, [{ customerId, at: work.now, by: toldBy(flow.id, cause), attributes: [read.value] }])
}

/** Whose word it is: the flow's, or that of the message that answered it, which the customer may take back. */
export function toldBy(flow: string, cause: string | undefined): string {
  return cause === undefined ? `flow:${flow}` : `flow:${flow}:${cause}`
}
