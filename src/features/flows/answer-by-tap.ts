import { dayOf } from '../../core/time.ts'
import { type LineTurn, pickedDay, textMessage } from '../../platform/line/index.ts'
import { askAgain } from './answer-by-text.ts'
import { type Asked, questionMessage } from './question.ts'
import { countOf, readAnswer } from './rules/answers.ts'
import { inOrder } from './rules/options.ts'
import { shownAnswer } from './rules/placeholders.ts'
import { moveRun, type OpenQuestion, questionOf, viewOf } from './run-flow.ts'
import { findRun, type KeptRun, saveFacts } from './store/runs.ts'
import { TEXTS } from './texts.ts'

/** A tapped button is the answer; null = the question is skipped. */
export async function answerByTap(
  turn: LineTurn,
  { value, ...asked }: Asked & { readonly value: string | number | null }
): Promise<void> {
  const kept = await ownRun(turn, asked)
  if (!kept) return sayClosed(turn)
  const verdict = await moveRun(turn.work, kept, { type: 'answer', visit: asked.visit, value: value ?? undefined })
  if (verdict !== 'taken') sayLate(turn, kept, asked)
}

/** Ticks one of several options, or takes its mark away, and shows what is chosen by now. */
export async function tick(
  turn: LineTurn,
  { value, on, ...asked }: Asked & { readonly value: string; readonly on: boolean }
): Promise<void> {
  const open = await stillOpen(turn, asked)
  if (open?.question.answer.type !== 'multi_choice') return
  const { kept, question } = open
  const { options } = open.question.answer
  const count = countOf(open.question.answer)
  const chosen = new Set(kept.ticked)
  if (on) chosen.add(value)
  else chosen.delete(value)
  const ticked = inOrder(options, chosen)
  if (ticked.length > count.max) return askAgain(turn, open, { kind: 'wrong_count', ...count })
  const next = { ...kept, ticked }
  await saveFacts(turn.work, next)
  const { locale } = turn.customer
  const { chosen: words, noneChosen } = TEXTS[locale]
  const text = ticked.length > 0 ? words(shownAnswer(question, ticked, locale)) : noneChosen
  turn.say(questionMessage(viewOf(turn.work, { ...open, kept: next }, locale), text))
}

/** What is ticked is the answer, if it is enough. */
export async function decide(turn: LineTurn, asked: Asked): Promise<void> {
  const open = await stillOpen(turn, asked)
  if (open?.question.answer.type !== 'multi_choice') return
  const { kept } = open
  const verdict = await moveRun(turn.work, kept, { type: 'answer', visit: asked.visit, value: kept.ticked })
  if (verdict === 'unfit') await askAgain(turn, open, { kind: 'wrong_count', ...countOf(open.question.answer) })
}

/** A day that was picked in the calendar is the answer, if it is taken today: the calendar may have been open for long. */
export async function answerByDay(turn: LineTurn, asked: Asked): Promise<void> {
  const open = await stillOpen(turn, asked)
  if (open?.question.answer.type !== 'date') return
  const { work } = turn
  const reading = readAnswer(open.question, pickedDay(turn.event) ?? '', dayOf(work.now, work.timeZone))
  if (reading.kind === 'answer')
    await moveRun(work, open.kept, { type: 'answer', visit: asked.visit, value: reading.value })
  else if (reading.kind !== 'other') await askAgain(turn, open, reading)
}

/** The question that a button belongs to, if it still waits; else the customer is told kindly that it does not. */
async function stillOpen(turn: LineTurn, asked: Asked): Promise<OpenQuestion | undefined> {
  const kept = await ownRun(turn, asked)
  const open = kept && !kept.run.ended && kept.run.visit === asked.visit ? await questionOf(turn.work, kept) : undefined
  if (open) return open
  if (kept) sayLate(turn, kept, asked)
  else sayClosed(turn)
  return undefined
}

/** A button forwarded by somebody else names a run that is not this customer's. */
async function ownRun({ work, customer }: LineTurn, { run }: Asked): Promise<KeptRun | undefined> {
  const kept = await findRun(work.tx, work.cipher, run)
  return kept?.customerId === customer.id ? kept : undefined
}

function sayLate(turn: LineTurn, { run }: KeptRun, { step }: Asked): void {
  if (Object.hasOwn(run.facts, step)) turn.say(textMessage(TEXTS[turn.customer.locale].answered))
  else sayClosed(turn)
}

function sayClosed(turn: LineTurn): void {
  turn.say(textMessage(TEXTS[turn.customer.locale].closed))
}
