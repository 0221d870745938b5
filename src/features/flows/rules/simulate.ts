import type { Locale } from '../../../core/locale.ts'
import { DURATION, dayOf, durationMs } from '../../../core/time.ts'
import { type Advance, advance, type Effect, type Input, NEW_RUN, type Run } from './advance.ts'
import { type Nearly, readAnswer } from './answers.ts'
import { choicesOf } from './choices.ts'
import type { Facts, Known } from './conditions.ts'
import { UNKNOWN_CUSTOMER } from './customer-facts.ts'
import { deedLabel } from './deed-texts.ts'
import { factsOf } from './experiment.ts'
import { findStep } from './graph.ts'
import { fillIn } from './placeholders.ts'
import { buttonsOf, saidInWords } from './say-texts.ts'
import type { Ask, Flow, SayStep } from './schema.ts'
import { type Pause, wakeAt } from './wake.ts'
import { isCommand, isSkip } from './words.ts'

/** One line of a transcript. `atMs` counts from the start of the run. */
export interface Line {
  readonly atMs: number
  readonly who: 'matane' | 'customer' | 'staff' | 'engine'
  readonly text: string
  readonly buttons?: readonly string[]
}

export interface Simulation {
  readonly lines: readonly Line[]
  readonly run: Run
}

export interface SimulateOptions {
  /** What the customer types, in order; "wait 1d" lets time pass, "event visit shop=kamakura" tells of an event. */
  readonly inputs: readonly string[]
  readonly locale: Locale
  /** With honorific. */
  readonly customerName: string
  /** Where the flow compares several; default: the first by name. */
  readonly variant?: string | undefined
  /** What is known of the customer, beyond what is always known. */
  readonly known?: Facts
}

const WAIT = new RegExp(`^wait (${DURATION.source.slice(1, -1)})$`)
const EVENT = /^event (\S+)((?: \w+=\S+)*)$/

interface State {
  readonly run: Run
  readonly lines: readonly Line[]
  readonly nowMs: number
  /** The key of the coupon that was given last. */
  readonly coupon: string | undefined
  readonly due: { readonly atMs: number; readonly visit: number } | undefined
}

/** Plays a flow against given inputs and a clock of its own, and lets all time pass at the end. Pure. */
export function simulate(flow: Flow, options: SimulateOptions): Simulation {
  const variant = options.variant ?? Object.keys(flow.variants ?? {}).sort()[0] ?? ''
  const run: Run = { ...NEW_RUN, facts: factsOf(variant) }
  const start: State = { run, lines: [], nowMs: 0, coupon: undefined, due: undefined }
  let state = carry(flow, options, {
    state: start,
    advanced: advance(flow, run, { type: 'start', known: knownOf(options) })
  })
  for (const input of options.inputs) state = take(flow, options, { state, said: input })
  return passTime(flow, options, { state, untilMs: Number.POSITIVE_INFINITY })
}

/** Monday, 5 January 2026, at nine in Tokyo: when a played conversation begins. */
const BEGIN_MS = Date.UTC(2026, 0, 5)

function wokenMs(nowMs: number, pause: Pause): number {
  return wakeAt(new Date(BEGIN_MS + nowMs), pause, 'Asia/Tokyo').getTime() - BEGIN_MS
}

/** Of a customer nothing is known of: nothing counted, in no list. */
function knownOf({ locale, known }: SimulateOptions): Facts {
  return { ...UNKNOWN_CUSTOMER, 'customer.locale': locale, ...known }
}

function take(flow: Flow, options: SimulateOptions, { state, said }: { state: State; said: string }): State {
  const [, duration] = WAIT.exec(said) ?? []
  if (duration) return passTime(flow, options, { state, untilMs: state.nowMs + durationMs(duration) })
  const [, event, properties = ''] = EVENT.exec(said) ?? []
  const heard = note(state, event ? { who: 'engine', text: said } : { who: 'customer', text: said })
  const input = event
    ? ({ type: 'event', name: event, properties: propertiesOf(properties) } as const)
    : inputOf(flow, state, said)
  if (typeof input === 'string') return note(heard, { who: 'engine', text: input })
  const advanced = advance(flow, state.run, { ...input, known: knownOf(options) })
  if (advanced.verdict !== 'taken') return note(heard, { who: 'engine', text: 'nobody waits for this: goes elsewhere' })
  return carry(flow, options, { state: heard, advanced })
}

/** "shop=kamakura amount_yen=3000" as an event has them. */
function propertiesOf(written: string): Facts {
  return Object.fromEntries(
    written
      .split(' ')
      .filter(Boolean)
      .map((each) => {
        const [name = '', value = ''] = each.split('=', 2)
        return [name, propertyOf(value)]
      })
  )
}

function propertyOf(value: string): Known {
  if (value === 'true' || value === 'false') return value === 'true'
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

function inputOf(flow: Flow, { run, nowMs }: State, said: string): Input | string {
  const question = run.ended ? undefined : findStep(flow, run.step)
  if (isCommand(said) || question?.do !== 'ask') return 'not for this flow: goes elsewhere'
  if (question.optional && isSkip(said)) return { type: 'answer', visit: run.visit, value: undefined }
  const reading = readAnswer(question, said, dayOf(new Date(BEGIN_MS + nowMs), 'Asia/Tokyo'))
  if (reading.kind === 'other') return 'no answer to the question: goes elsewhere'
  return reading.kind === 'answer' ? { type: 'answer', visit: run.visit, value: reading.value } : aboutNearly(reading)
}

function aboutNearly(nearly: Nearly): string {
  switch (nearly.kind) {
    case 'out_of_range':
      return `outside the scale: asks again for ${nearly.min}–${nearly.max}`
    case 'wrong_count':
      return `too few or too many: asks again for ${nearly.min}–${nearly.max}`
    case 'wrong_day':
      return `no day that is taken: asks again for ${nearly.from} to ${nearly.until}`
    case 'needs_year':
      return 'a day without its year: asks again'
  }
}

function passTime(flow: Flow, options: SimulateOptions, { state, untilMs }: { state: State; untilMs: number }): State {
  let now = state
  while (now.due && now.due.atMs <= untilMs) {
    const { atMs, visit } = now.due
    const waited: State = note({ ...now, nowMs: atMs, due: undefined }, { who: 'engine', text: 'time is up' })
    now = carry(flow, options, {
      state: waited,
      advanced: advance(flow, now.run, { type: 'timeout', visit, known: knownOf(options) })
    })
  }
  return Number.isFinite(untilMs) ? { ...now, nowMs: untilMs } : now
}

function carry(flow: Flow, options: SimulateOptions, { state, advanced }: { state: State; advanced: Advance }): State {
  const { locale, customerName } = options
  const filling = { locale, customerName, facts: { ...advanced.run.facts, ...knownOf(options) } }
  let next: State = { ...state, run: advanced.run }
  for (const effect of advanced.effects) {
    const { coupon: key } = next
    const coupon = key === undefined ? undefined : { title: `[${key}]`, expires: `[${key}]` }
    const line = lineOf(effect, (text) => fillIn(flow, text, { ...filling, coupon }), locale)
    if (effect.do === 'act' && effect.step.do === 'give') next = { ...next, coupon: effect.step.coupon ?? key }
    if (line) next = note(next, line)
    if (effect.do === 'set_timer') next = { ...next, due: { atMs: wokenMs(next.nowMs, effect), visit: effect.visit } }
    if (effect.do === 'cancel_timer') next = { ...next, due: undefined }
  }
  return next
}

function lineOf(effect: Effect, fill: (text: Ask['text']) => string, locale: Locale): Omit<Line, 'atMs'> | undefined {
  switch (effect.do) {
    case 'say':
      return saidLine(effect.step, fill)
    case 'ask':
      return {
        who: 'matane',
        text: fill(effect.question.text),
        buttons: choicesOf(effect.question).map(({ label }) => label[locale])
      }
    case 'follow_up': {
      const { priority, due, score, words, title } = effect.step
      const shown = [score, words].filter((name) => name !== undefined)
      return {
        who: 'staff',
        text: `${title ? `${fill(title)}: ` : ''}follow-up, ${priority}, due in ${due}${shown.length > 0 ? `: ${shown.join(', ')}` : ''}`
      }
    }
    case 'tag':
      return {
        who: 'engine',
        text: [effect.add && `tag ${effect.add}`, effect.remove && `untag ${effect.remove}`].filter(Boolean).join(', ')
      }
    case 'act':
      if (effect.step.do === 'notify') return { who: 'staff', text: `notice: ${fill(effect.step.text)}` }
      return { who: 'engine', text: `${effect.step.do} ${deedLabel(effect.step)}` }
    case 'end':
      return { who: 'engine', text: 'end' }
    default:
      return undefined
  }
}

function saidLine(step: SayStep, fill: (text: Ask['text']) => string): Omit<Line, 'atMs'> {
  const buttons = buttonsOf(step).map(({ label }) => fill(label))
  return { who: 'matane', text: saidInWords(step, fill), ...(buttons.length > 0 && { buttons }) }
}

function note(state: State, line: Omit<Line, 'atMs'>): State {
  return { ...state, lines: [...state.lines, { atMs: state.nowMs, ...line }] }
}
