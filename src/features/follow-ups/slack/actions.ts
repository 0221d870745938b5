import { addDuration } from '../../../core/time.ts'
import type { Click, SlackHandlers } from '../../../platform/slack/index.ts'
import { knownTags } from '../../customers/index.ts'
import { auditFollowUp } from '../audit-change.ts'
import { changeFollowUp } from '../change-follow-up.ts'
import { type CardData, loadCard } from '../load-card.ts'
import { DUE } from '../rules/reason.ts'
import { snoozeUntil } from '../rules/snooze.ts'
import type { Change } from '../rules/state.ts'
import { assignment } from './assignment.ts'
import { ACTION, followUpIdIn } from './ids.ts'
import { resolveModal, tagModal } from './modals.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

type Actions = NonNullable<SlackHandlers['actions']>

/** The buttons and menus of a card. */
export const actions: Actions = {
  [ACTION.claim]: { role: 'cs', run: (click) => change(click, click.value, { kind: 'claim', by: click.staff.id }) },
  [ACTION.assign]: { role: 'cs', run: assign },
  [ACTION.snooze]: { role: 'cs', run: snooze },
  [ACTION.tag]: { role: 'cs', run: (click) => withCard(click, openTagModal) },
  [ACTION.resolve]: { role: 'cs', run: (click) => withCard(click, openResolveModal) },
  [ACTION.reopen]: {
    role: 'cs',
    run: (click) => change(click, click.value, { kind: 'reopen', dueAt: addDuration(click.scope.now(), DUE.high) })
  }
}

async function change(click: Click, naming: string, change: Change): Promise<void> {
  const texts = STAFF_TEXTS[click.staff.locale]
  const id = followUpIdIn(naming)
  if (!id) return click.whisper(texts.refused({ kind: 'gone' }))
  const done = await click.perform(click.cause, (work) => changeFollowUp(work, { id, actor: click.staff.id, change }))
  if (!done.ok) await click.whisper(texts.refused(done))
}

async function assign(click: Click): Promise<void> {
  const order = assignment(click, click.value)
  if (!order.ok) return click.whisper(STAFF_TEXTS[click.staff.locale].refused(order))
  await change(click, click.blockId, order.value)
}

async function snooze(click: Click): Promise<void> {
  const until = snoozeUntil(click.value, click.scope.now(), click.config.timeZone)
  if (!until.ok) return click.whisper(STAFF_TEXTS[click.staff.locale].snoozeUnreadable)
  await change(click, click.blockId, { kind: 'snooze', until: until.value })
}

async function withCard(click: Click, open: (click: Click, data: CardData) => Promise<void>): Promise<void> {
  const id = followUpIdIn(click.value)
  const data = id && (await loadCard(click.scope.db, id))
  if (data) await open(click, data)
  else await click.whisper(STAFF_TEXTS[click.staff.locale].refused({ kind: 'gone' }))
}

async function openTagModal(click: Click, { followUp, customer }: CardData): Promise<void> {
  const known = await knownTags(click.scope.db.prisma, 100)
  const seen = { staff: click.staff.id, action: 'customer.view', detail: { view: 'tags' } } as const
  await click.perform(click.cause, (work) => auditFollowUp(work, followUp, seen))
  await click.openModal(tagModal(followUp, { chosen: customer.tags, known }, click.staff.locale))
}

async function openResolveModal(click: Click, { followUp }: CardData): Promise<void> {
  if (!followUp.resolvedAt) return click.openModal(resolveModal(followUp, click.staff.locale))
  await click.whisper(STAFF_TEXTS[click.staff.locale].refused({ kind: 'resolved', by: followUp.resolvedBy }))
}
