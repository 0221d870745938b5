import { findStep, pauses } from './graph.ts'
import type { Flow } from './schema.ts'

/** Why those who wait at a step cannot go on waiting at another one. */
export interface MoveFault {
  readonly step: string
  readonly to: string
  readonly message: string
}

/** Whether a run that waits at a step of one version may wait at a step of another; undefined = it may. */
export function moveFault(
  { from, step }: { from: Flow; step: string },
  { flow, to }: { flow: Flow; to: string }
): MoveFault | undefined {
  const fault = (message: string) => ({ step, to, message })
  const [before, target] = [findStep(from, step), findStep(flow, to)]
  if (!target) return fault(`there is no step "${to}": write one of ${waitingSteps(flow)}`)
  if (!pauses(target)) return fault(`nobody waits at "${to}": write one of ${waitingSteps(flow)}`)
  if (before?.do !== target.do)
    return fault(
      `"${step}" is a step to ${before?.do}, "${to}" one to ${target.do}: what was asked, or waited for, must stay the same`
    )
  const answers = before.do === 'ask' && target.do === 'ask' && before.answer.type !== target.answer.type
  return answers
    ? fault(`"${step}" and "${to}" are answered in different ways: the buttons are in the chat already`)
    : undefined
}

function waitingSteps({ steps }: Flow): string {
  return (
    steps
      .filter(pauses)
      .map(({ id }) => id)
      .join(', ') || 'none, this version waits nowhere'
  )
}
