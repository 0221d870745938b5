import type { Locale } from '../../../core/locale.ts'
import { aboutStep } from './about-step.ts'
import { EXIT, edges } from './graph.ts'

import type { Flow } from './schema.ts'

/** One step as a line of text, and where it leads. */
export interface OutlineStep {
  readonly id: string
  readonly do: Flow['steps'][number]['do']
  /** The first line of what it says, or what it does. */
  readonly about: string
  /** `to` is undefined for the end; empty when only the step below follows. */
  readonly ways: readonly { readonly label: string; readonly to: string | undefined }[]
}

/** A flow, step by step, for people to read. */
export function outline(flow: Flow, locale: Locale): OutlineStep[] {
  const all = edges(flow)
  return flow.steps.map((step, index) => {
    const ways = all
      .filter(({ from }) => from === step.id)
      .map(({ label, to }) => ({ label, to: to === EXIT ? undefined : to }))
    const below = flow.steps[index + 1]?.id
    const [only, ...others] = ways
    const plain = only !== undefined && others.length === 0 && only.label === '' && only.to === below
    return { id: step.id, do: step.do, about: aboutStep(step, locale), ways: plain ? [] : ways }
  })
}
