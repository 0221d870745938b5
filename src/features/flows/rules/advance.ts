import { fits } from './answers.ts'
import { type Facts, holds, type Known } from './conditions.ts'
import { after, EXIT, findStep, pauses } from './graph.ts'
import type { Ask, Deed, Flow, FollowUpStep, SayStep, Step } from './schema.ts'
import type { Pause } from './wake.ts'

/** One customer's progress: the step that waits, and what was answered so far. */
export interface Run {
  readonly step: string
  /** How many steps were waited at so far: 1 at the first question. */
  readonly visit: number
  readonly facts: Facts
  readonly ended: boolean
}

/** `known`: what the flow asks about the customer, as it is at this move. A run does not keep it. */
export type Input = Told & { readonly known?: Facts }

type Told =
  | { readonly type: 'start' }
  /** The answer to the question of this visit; undefined = skipped. */
  | { readonly type: 'answer'; readonly visit: number; readonly value: Known | undefined }
  | { readonly type: 'timeout'; readonly visit: number }
  /** `properties` are those of the event; undefined = it was looked at before, and what waits for it is to go on. */
  | { readonly type: 'event'; readonly name: string; readonly properties?: Facts | undefined }

/** What the caller carries out, in order, in the transaction that stores the run. */
export type Effect =
  /** `visit` is that of the pause to come: with the step it tells this passing of it from every other. */
  | { readonly do: 'say'; readonly step: SayStep; readonly visit: number }
  | { readonly do: 'ask'; readonly question: Ask; readonly visit: number }
  | ({ readonly do: 'set_timer'; readonly visit: number } & Pause)
  | { readonly do: 'cancel_timer'; readonly visit: number }
  | { readonly do: 'record'; readonly question: Ask; readonly visit: number; readonly value: Known }
  | { readonly do: 'tag'; readonly add: string | undefined; readonly remove: string | undefined }
  | { readonly do: 'follow_up'; readonly step: FollowUpStep }
  /** `visit` as above. */
  | { readonly do: 'act'; readonly step: Deed; readonly visit: number }
  | { readonly do: 'end' }

/** "stale": the run no longer waits for this. "unfit": it waits, but not for such a value. Both change nothing. */
export type Verdict = 'taken' | 'stale' | 'unfit'

export interface Advance {
  readonly verdict: Verdict
  readonly run: Run
  readonly effects: readonly Effect[]
}

/** Where every run begins. */
export const NEW_RUN: Run = { step: '', visit: 0, facts: {}, ended: false }

/** A flow may go in circles, if it pauses; nobody is led round more often than this. */
export const MAX_VISITS = 100

/** Moves a run by one input, up to the next step that waits. Pure: no clock, no IO. */
export function advance(flow: Flow, run: Run, input: Input): Advance {
  const { known = {} } = input
  const move = take(flow, { ...run, facts: { ...run.facts, ...known } }, input)
  if (typeof move === 'string') return { verdict: move, run, effects: [] }
  const { run: moved, effects } = walk(flow, run, move)
  return { verdict: 'taken', run: { ...moved, facts: without(moved.facts, known) }, effects }
}

function without(facts: Facts, known: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !Object.hasOwn(known, name)))
}

interface Move {
  readonly to: string
  readonly facts: Facts
  readonly effects: readonly Effect[]
}

function take(flow: Flow, run: Run, input: Input): Move | Exclude<Verdict, 'taken'> {
  if (run.ended) return 'stale'
  if (input.type === 'start')
    return run.visit > 0 ? 'stale' : { to: flow.steps[0]?.id ?? EXIT, facts: run.facts, effects: [] }
  const step = findStep(flow, run.step)
  if (!step) return 'stale'
  if (input.type === 'event') return takeEvent(run, step, input)
  if (input.visit !== run.visit) return 'stale'
  return input.type === 'timeout' ? takeTimeout(flow, run, step) : takeAnswer(flow, run, { step, value: input.value })
}

function takeEvent(run: Run, step: Step, event: Extract<Told, { type: 'event' }>): Move | 'stale' {
  if (step.do !== 'wait' || !step.until || !endsWait(step.until, event)) return 'stale'
  return { to: step.until.to, facts: run.facts, effects: [{ do: 'cancel_timer', visit: run.visit }] }
}

/** Whether an event is the one that a wait may end by. */
function endsWait(
  { event, where = {} }: NonNullable<Wait['until']>,
  { name, properties }: { readonly name: string; readonly properties?: Facts | undefined }
): boolean {
  return event === name && (properties === undefined || holds(where, properties))
}

function takeTimeout(flow: Flow, run: Run, step: Step): Move {
  const to = step.do === 'ask' ? step.timeout?.to : undefined
  return { to: to ?? after(flow, step, run.facts), facts: run.facts, effects: [] }
}

function takeAnswer(flow: Flow, run: Run, given: { step: Step; value: Known | undefined }): Move | 'stale' | 'unfit' {
  const { step, value } = given
  if (step.do !== 'ask') return 'stale'
  if (value === undefined ? !step.optional : !fits(step, value)) return 'unfit'
  const { [step.id]: _, ...others } = run.facts
  const facts = value === undefined ? others : { ...others, [step.id]: value }
  const cancel: Effect = { do: 'cancel_timer', visit: run.visit }
  const effects: Effect[] =
    value === undefined ? [cancel] : [cancel, { do: 'record', question: step, visit: run.visit, value }]
  return { to: after(flow, step, facts), facts, effects }
}

function walk(flow: Flow, run: Run, move: Move): { run: Run; effects: Effect[] } {
  const { facts } = move
  const effects = [...move.effects]
  let to = move.to
  for (let passed = 0; passed <= flow.steps.length; passed += 1) {
    const step = findStep(flow, to)
    if (!step && to !== EXIT) throw new Error(`Flow "${flow.id}" has no step "${to}"`)
    if (!step || (pauses(step) && run.visit >= MAX_VISITS)) {
      effects.push({ do: 'end' })
      return { run: { step: EXIT, visit: run.visit, facts, ended: true }, effects }
    }
    effects.push(...effectsOf(step, run.visit + 1))
    if (pauses(step)) return { run: { step: step.id, visit: run.visit + 1, facts, ended: false }, effects }
    to = after(flow, step, facts)
  }
  throw new Error(`Flow "${flow.id}" goes round without a pause`)
}

function effectsOf(step: Step, visit: number): Effect[] {
  switch (step.do) {
    case 'say':
      return [{ do: 'say', step, visit }]
    case 'ask':
      return [{ do: 'ask', question: step, visit }, ...timerOf(step.timeout?.after, visit)]
    case 'wait':
      return [{ do: 'set_timer', visit, ...pauseOf(step) }]
    case 'tag':
      return [{ do: 'tag', add: step.add, remove: step.remove }]
    case 'follow_up':
      return [{ do: 'follow_up', step }]
    case 'set':
    case 'give':
    case 'notify':
    case 'webhook':
    case 'goto':
      return [{ do: 'act', step, visit }]
    case 'branch':
    case 'exit':
      return []
  }
}

type Wait = Extract<Step, { do: 'wait' }>

function pauseOf({ for: after = '0m', until_time: time, until_weekday: weekdays }: Wait): Pause {
  return time === undefined ? { after } : { after, until: { time, weekdays } }
}

function timerOf(after: string | undefined, visit: number): Effect[] {
  return after ? [{ do: 'set_timer', visit, after }] : []
}
