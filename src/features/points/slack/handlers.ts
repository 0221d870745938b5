import type { Click, FieldErrors, SlackHandlers, Submission } from '../../../platform/slack/index.ts'
import { adjustPoints, type NotAdjusted } from '../adjust-points.ts'
import { budgetLeft } from '../budget.ts'
import { pointsGlance } from '../glance.ts'
import { newestByStaff } from '../store/staff.ts'
import { adjustForm, carriedIn, readCount } from './form.ts'
import { ADJUST, FIELD } from './ids.ts'
import { TEXTS } from './texts.ts'

/** The button on a customer's card, and the form that it opens. */
export const slack: SlackHandlers = {
  actions: { [ADJUST]: { role: 'cs', run: openForm } },
  submissions: { [ADJUST]: { role: 'cs', run: adjust } }
}

async function openForm(click: Click): Promise<void> {
  const { staff, scope, config, value } = click
  const opened = carriedIn(JSON.stringify({ customerId: value }))
  const tx = scope.db.prisma
  const glance = opened && (await pointsGlance(tx, opened.customerId, scope.now()))
  if (!glance) return click.whisper(TEXTS[staff.locale].gone)
  const seen = await newestByStaff(tx, opened.customerId)
  const { timeZone } = config
  const left = await budgetLeft({ tx, now: scope.now(), timeZone }, { by: staff.id, role: staff.role })
  await click.openModal(adjustForm({ ...opened, seen }, { glance, left }, { locale: staff.locale, timeZone }))
}

async function adjust(turn: Submission): Promise<FieldErrors | undefined> {
  const { staff, values } = turn
  const texts = TEXTS[staff.locale]
  const opened = carriedIn(turn.privateMetadata)
  const count = readCount([values[FIELD.count] ?? ''].flat().join())
  const reason = [values[FIELD.reason] ?? ''].flat().join().trim()
  if (!opened) return { [FIELD.count]: texts.gone }
  if (count === undefined) return { [FIELD.count]: texts.noCount }
  if (!reason) return { [FIELD.reason]: texts.noReason }
  const points = values[FIELD.direction] === 'take' ? -count : count
  const wish = { ...opened, points, reason, by: staff.id, role: staff.role }
  const done = await turn.perform(turn.cause, (work) => adjustPoints(work, wish))
  if (!done.ok) return { [FIELD.count]: faultText(done, staff.locale) }
  await turn.whisper((points > 0 ? texts.given : texts.taken)(count, done.value.points))
  return undefined
}

function faultText(fault: NotAdjusted, locale: keyof typeof TEXTS): string {
  const texts = TEXTS[locale]
  if (fault.kind === 'gone') return texts.gone
  return fault.kind === 'over_budget' ? texts.overBudget(fault.left) : texts[fault.kind](fault.points)
}
