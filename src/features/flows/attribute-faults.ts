import type { DefinitionFault } from '../../platform/feature.ts'
import { toldAttribute } from '../customers/index.ts'
import { findStep } from './rules/graph.ts'
import type { Deed, Flow, Value } from './rules/schema.ts'

/** No day is too late for a birthday here: that is looked at when it is told. */
const CONTEXT = { timeZone: 'UTC', today: '9999-12-31' }

/** Steps that set what no customer can be, by the same check as for any other source. */
export function attributeFaults(flow: Flow): DefinitionFault[] {
  return flow.steps.flatMap((step, index) => (step.do === 'set' ? setFaults(flow, step, ['steps', index]) : []))
}

function setFaults(
  flow: Flow,
  { attribute, to, from }: Extract<Deed, { do: 'set' }>,
  path: DefinitionFault['path']
): DefinitionFault[] {
  if ((to === undefined) === (from === undefined))
    return [{ path, message: 'say what it is set to: either "to: …" for everybody or "from: …" and a question' }]
  const named = toldAttribute(attribute, '', CONTEXT)
  if (!named.ok) return [{ path: [...path, 'attribute'], message: `"${attribute}" ${named.message}` }]
  const values = from === undefined ? [to ?? ''] : answersTo(flow, from)
  if (values === 'several')
    return [
      {
        path: [...path, 'from'],
        message: `"${from}" has several answers, "${attribute}" is one: ask with type: choice`
      }
    ]
  if (!values) return [{ path: [...path, 'from'], message: `there is no question "${from}": write the id of one` }]
  for (const value of values) {
    const told = toldAttribute(attribute, value, CONTEXT)
    if (told.ok) continue
    const which = from === undefined ? `"${value}"` : `the answer "${value}" of "${from}"`
    return [{ path: [...path, from === undefined ? 'to' : 'from'], message: `${which}: ${attribute} ${told.message}` }]
  }
  return []
}

/** Answers to look at, as far as they can be known before; undefined when there is no such question. */
function answersTo(flow: Flow, id: string): Value[] | 'several' | undefined {
  const step = findStep(flow, id)
  if (step?.do !== 'ask') return undefined
  const { answer } = step
  if (answer.type === 'scale') return [answer.min, answer.max]
  if (answer.type === 'multi_choice') return 'several'
  return answer.type === 'choice' ? answer.options.map((option) => option.value) : []
}
