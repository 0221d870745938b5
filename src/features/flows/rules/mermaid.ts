import { aboutStep } from './about-step.ts'
import { EXIT, edges } from './graph.ts'
import type { Flow, Step } from './schema.ts'
import { triggerLabel } from './trigger.ts'

/** The flow as a Mermaid flowchart: questions as diamonds, pauses rounded, labels in Japanese or English. */
export function mermaid(flow: Flow, locale: 'ja' | 'en'): string {
  const nodes = flow.steps.map((step) => `  ${step.id}${shapeOf(step, labelOf(step, locale))}`)
  const arrows = edges(flow).map(({ from, to, label }) => {
    const said = label ? `|"${quoted(label)}"|` : ''
    return `  ${from} -->${said} ${nameOf(flow, to)}`
  })
  const head = [
    'flowchart TD',
    `  start_(["${quoted(triggerLabel(flow.trigger))}"]) --> ${nameOf(flow, flow.steps[0]?.id ?? EXIT)}`
  ]
  const end = arrows.some((arrow) => arrow.endsWith(' end_')) ? ['  end_((" "))'] : []
  return [...head, ...nodes, ...end, ...arrows].join('\n')
}

/** "end" is a word of Mermaid; "exit" may be the id of a step. */
function nameOf(flow: Flow, id: string): string {
  return flow.steps.some((step) => step.id === id) ? id : 'end_'
}

function shapeOf(step: Step, label: string): string {
  if (step.do === 'ask') return `{"${label}"}`
  return step.do === 'wait' ? `("${label}")` : `["${label}"]`
}

function labelOf(step: Step, locale: 'ja' | 'en'): string {
  const about = aboutStep(step, locale)
  return quoted(`${step.id}: ${step.do}${about ? ` ${about}` : ''}`)
}

/** Mermaid writes characters of its own grammar as #codes. */
function quoted(text: string): string {
  return text.replace(/[#"<>`]/g, (character) => `#${character.codePointAt(0)};`)
}
