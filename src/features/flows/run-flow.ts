import { newId } from '../../core/ids.ts'
import type { Locale } from '../../core/locale.ts'
import { addDuration, dayOf } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import { setTimer } from '../../platform/queue/index.ts'
import type { Work } from '../../platform/work.ts'
import { type Admission, admitMessage, recordWithheld } from '../consent/index.ts'
import { lineIdentity } from '../customers/index.ts'
import { byId, type PublishedDefinition } from '../definitions/index.ts'
import { carryOut, timerName } from './carry-out.ts'
import { flowOf, publishedFlow } from './definition.ts'
import { enterLater } from './enter-later.ts'
import { knownFacts } from './known-facts.ts'
import { noticeMissing } from './notice-missing.ts'
import type { QuestionView } from './question.ts'
import { type Advance, advance, type Input, NEW_RUN, type Verdict } from './rules/advance.ts'
import { isOwnWord } from './rules/answers.ts'
import type { Facts } from './rules/conditions.ts'
import { armOf, factsOf, HOLDOUT } from './rules/experiment.ts'
import { findStep, givesCoupon } from './rules/graph.ts'
import type { Ask, Flow } from './rules/schema.ts'
import { isHeard, silenced } from './rules/silenced.ts'
import { isPaused } from './store/pauses.ts'
import { findEntries, findOpenRuns, insertRun, type KeptRun, saveRun } from './store/runs.ts'

/** Why a customer did, or did not, enter a flow. */
export type Entry =
  | 'entered'
  /** This cause led them in before. */
  | 'known'
  | 'inside'
  /** They entered it less than `once_per` ago. */
  | 'too_soon'
  /** Another question waits for their answer: two never compete. */
  | 'busy'
  /** No LINE identity, or they block the account. */
  | 'unreachable'
  /** It is night, or they were written to too lately: they enter later, if it still fits. */
  | 'held'
  /** They do not want to be written to for this flow's purpose, or not so often, or are in many flows already. */
  | 'withheld'
  /** The flow stands still. */
  | 'paused'
  /** They belong to those who get nothing, so that the others can be compared with them. */
  | 'held_out'

/** What cannot go on yet, as another question waits or the flow stands still, is tried again after this. */
const POSTPONED = '1h'

/** Who enters which version of a flow, and why. */
export interface Entering {
  readonly customerId: string
  readonly definition: PublishedDefinition
  /** Leads them in once, however often it is told: "absence:2026-10-22". The cause of the work when left out. */
  readonly cause?: string
}

/** Leads a customer into a flow, up to its first pause. Takes the customer's lock. */
export async function startRun(work: Work, entering: Entering): Promise<Entry> {
  const { customerId, definition, cause = work.cause } = entering
  await lockKey(work.tx, customerId)
  const flow = flowOf(definition.body)
  const refusal = await refusalOf(work, flow, { customerId, cause })
  if (refusal) return refusal
  const kept = newRun(work, { customerId, flow, definition })
  // The same questions are asked of those who get nothing: only so can the others be compared with them.
  const known = await knownFacts(work, flow, customerId)
  const advanced = advance(flow, { ...kept.run, ended: false }, { type: 'start', known })
  if (asks(advanced) && (await waitingQuestion(work, customerId))) return 'busy'
  if (await isInTooMany(work, flow, customerId)) return 'withheld'
  const isControl = kept.arm === HOLDOUT
  const admission = await admitMessage(work, {
    ...sendingOf(flow, customerId),
    isControl,
    isSilent: !speaks(advanced)
  })
  if (admission.do === 'drop') return 'withheld'
  if (admission.do === 'wait') {
    await enterLater(work, { customerId, flow, cause, at: admission.until })
    return 'held'
  }
  await insertRun(work, kept, cause)
  if (isControl) return 'held_out'
  await proceed(work, { flow, kept, known }, advanced)
  return 'entered'
}

function newRun(work: Work, of: { customerId: string; flow: Flow; definition: PublishedDefinition }): KeptRun {
  const { customerId, flow, definition } = of
  const arm = armOf(flow, customerId)
  return {
    ...{ id: newId(), customerId, flow: flow.id, definitionId: definition.id, arm, causes: {}, ticked: [] },
    startedAt: work.now,
    askedAt: undefined,
    goalBy: flow.goal && addDuration(work.now, flow.goal.within),
    run: { ...NEW_RUN, facts: factsOf(arm), ended: arm === HOLDOUT }
  }
}

async function refusalOf(
  work: Work,
  flow: Flow,
  { customerId, cause }: { customerId: string; cause: string }
): Promise<Entry | undefined> {
  const { tx, cipher } = work
  if (await isPaused(tx, flow.id)) return 'paused'
  const { known, lastStartedAt } = await findEntries(tx, { customerId, flow: flow.id, cause })
  if (known) return 'known'
  const { once_per } = flow.trigger
  if (once_per && lastStartedAt && addDuration(lastStartedAt, once_per) > work.now) return 'too_soon'
  if ((await findOpenRuns(tx, cipher, customerId)).some((run) => run.flow === flow.id)) return 'inside'
  const identity = await lineIdentity(tx, cipher, customerId)
  return !identity || identity.blockedAt ? 'unreachable' : undefined
}

/** How many scenarios a customer is in at a time, where a scenario does not say otherwise. */
const MAX_ACTIVE = 3

/** Whether a customer is in as many scenarios as this one admits: it is left out, and why is on record. */
async function isInTooMany(work: Work, flow: Flow, customerId: string): Promise<boolean> {
  if (!isLimited(flow)) return false
  let active = 0
  for (const kept of await findOpenRuns(work.tx, work.cipher, customerId))
    if (isLimited(await flowOfRun(work, kept))) active += 1
  if (active < (flow.max_active ?? MAX_ACTIVE)) return false
  await recordWithheld(work, sendingOf(flow, customerId), 'too_many')
  return true
}

function isLimited({ kind, consent }: Flow): boolean {
  return kind === 'scenario' && consent !== 'service'
}

/** Moves a run by an answer, a time-out or an event. The caller holds the customer's lock and has just read the run. */
export async function moveRun(work: Work, kept: KeptRun, input: Input): Promise<Verdict> {
  const flow = await flowOfRun(work, kept)
  const known = await knownFacts(work, flow, kept.customerId)
  const advanced = advance(flow, kept.run, { ...input, known })
  if (advanced.verdict !== 'taken') return advanced.verdict
  const admission = await admit(work, flow, { kept, advanced, input })
  if (admission.do === 'wait') await postpone(work, kept, { input, until: admission.until })
  else await proceed(work, { flow, kept, known }, admission.do === 'drop' ? silenced(advanced) : advanced)
  return 'taken'
}

/** Whether a move may be made now. Answers to the customer always may; no question is asked while another one is open. */
async function admit(
  work: Work,
  flow: Flow,
  { kept, advanced, input }: { kept: KeptRun; advanced: Advance; input: Input }
): Promise<Admission> {
  if (asks(advanced) && (await waitingQuestion(work, kept.customerId, kept.id)))
    return { do: 'wait', until: addDuration(work.now, POSTPONED) }
  if (input.type === 'answer') return { do: 'send' }
  if (await isPaused(work.tx, flow.id)) return { do: 'wait', until: addDuration(work.now, POSTPONED) }
  if (!speaks(advanced)) return { do: 'send' }
  return admitMessage(work, { ...sendingOf(flow, kept.customerId), goingOn: true })
}

/** What a flow means to write, as consent asks for it. */
function sendingOf({ id, consent, ...flow }: Flow, customerId: string) {
  const coupon = flow.coupon ?? flow.steps.some(givesCoupon)
  return { customerId, purpose: consent, coupon, campaign: id }
}

/** The flow a run entered, in the version it entered. */
export async function flowOfRun(work: Work, kept: KeptRun): Promise<Flow> {
  const definition = await byId(work.tx, kept.definitionId)
  if (!definition) throw new Error(`Run ${kept.id} belongs to a version that is gone: ${kept.definitionId}`)
  return flowOf(definition.body)
}

/** A question that waits for its answer, and its run. */
export interface OpenQuestion {
  readonly kept: KeptRun
  readonly flow: Flow
  readonly question: Ask
}

/** The question that waits for the customer's answer. */
export async function openQuestion(work: Work, customerId: string): Promise<OpenQuestion | undefined> {
  const kept = await waitingQuestion(work, customerId)
  return kept && questionOf(work, kept)
}

/** The question at which a run waits; undefined when it waits for something else. */
export async function questionOf(work: Work, kept: KeptRun): Promise<OpenQuestion | undefined> {
  const flow = await flowOfRun(work, kept)
  const question = findStep(flow, kept.run.step)
  return question?.do === 'ask' ? { kept, flow, question } : undefined
}

/** An open question as it is shown now. */
export function viewOf(work: Work, { kept, question }: OpenQuestion, locale: Locale): QuestionView {
  const { id: runId, run, ticked } = kept
  return { question, runId, visit: run.visit, locale, ticked, today: dayOf(work.now, work.timeZone) }
}

async function waitingQuestion({ tx, cipher }: Work, customerId: string, except?: string) {
  const runs = await findOpenRuns(tx, cipher, customerId)
  return runs.find(({ id, askedAt }) => askedAt !== undefined && id !== except)
}

interface Going {
  readonly flow: Flow
  readonly kept: KeptRun
  readonly known: Facts
}

async function proceed(work: Work, { flow, kept, known }: Going, { run, effects }: Advance) {
  const given = effects.flatMap((effect) => (effect.do === 'record' ? [effect.question.id] : []))
  const causes = { ...kept.causes, ...Object.fromEntries(given.map((question) => [question, work.cause])) }
  const next: KeptRun = {
    ...kept,
    run,
    causes,
    ticked: [],
    askedAt: effects.some(({ do: what }) => what === 'ask') ? work.now : undefined
  }
  // Written before it is carried out: what other features do about an answer must find the run where it is now.
  await saveRun(work, run.ended ? withoutTexts(flow, next) : next, run.ended ? work.now : undefined)
  // What is known of the customer is there for its texts, and is not kept.
  const informed = { ...next, run: { ...run, facts: { ...run.facts, ...known } } }
  await carryOut(work, { flow, kept: informed }, effects)
  for (const effect of effects)
    if (effect.do === 'act' && effect.step.do === 'goto') await goOn(work, next, effect.step.flow)
}

/**
 * Leads the customer from one flow into another. What one cause leads to enters each flow at most once, so that flows that
 * lead to each other in a ring come to an end.
 */
async function goOn(work: Work, from: KeptRun, to: string): Promise<void> {
  const found = await publishedFlow(work.tx, to)
  if (!found) return noticeMissing(work, from, { what: 'flow', name: to })
  const entry = await startRun(work, { customerId: from.customerId, definition: found.definition })
  work.log.info('A flow led to another', { from: from.flow, flow: to, entry })
}

/** Free texts are kept with the survey's answers; a run that is over has no more use for them. */
function withoutTexts(flow: Flow, kept: KeptRun): KeptRun {
  const isText = (id: string) => {
    const step = findStep(flow, id)
    return step?.do === 'ask' && isOwnWord(step)
  }
  const facts = Object.fromEntries(Object.entries(kept.run.facts).map(([id, value]) => [id, isText(id) ? '' : value]))
  return { ...kept, run: { ...kept.run, facts } }
}

async function postpone(
  work: Work,
  { id, customerId, run }: KeptRun,
  { input, until }: { input: Input; until: Date }
): Promise<void> {
  await setTimer(work, {
    kind: 'flow',
    name: timerName(id, run.visit),
    key: customerId,
    dueAt: until,
    body: JSON.stringify({ run: id, visit: run.visit, ...(input.type === 'event' && { event: input.name }) })
  })
}

/** Whether an advance says or asks anything. */
export function speaks({ effects }: Advance): boolean {
  return effects.some(isHeard)
}

/** Whether an advance ends with a question. */
export function asks({ effects }: Advance): boolean {
  return effects.some((effect) => effect.do === 'ask')
}
