import { addDuration } from '../../../core/time.ts'
import { escapeMrkdwn, type Mention, type SlackHandlers } from '../../../platform/slack/index.ts'
import { TAG_TEXTS } from '../../customers/index.ts'
import { RECORD_TYPE } from '../announce.ts'
import { changeFollowUp } from '../change-follow-up.ts'
import { changeTags } from '../change-tags.ts'
import { parseThreadCommand, type ThreadCommand } from '../rules/mention.ts'
import { DUE } from '../rules/reason.ts'
import { snoozeUntil } from '../rules/snooze.ts'
import type { Change } from '../rules/state.ts'
import { assignment } from './assignment.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

/** "@matane 担当" and its kin in the thread under a card: the same use cases as the buttons. */
export const mentions: NonNullable<SlackHandlers['mentions']> = [
  { role: 'cs', matches: (text) => parseThreadCommand(text) !== undefined, run }
]

async function run(turn: Mention): Promise<void> {
  const texts = STAFF_TEXTS[turn.staff.locale]
  const command = parseThreadCommand(turn.text)
  if (!command || command.kind === 'help') return turn.reply(texts.help)
  if (turn.record?.type !== RECORD_TYPE) return turn.whisper(texts.noRecord)
  if (command.kind === 'tag') return tag(turn, turn.record.id, command)
  if (command.kind === 'unnamed') return turn.whisper(texts.nobodyNamed)
  const change = changeOf(turn, command)
  if (typeof change === 'string') return turn.whisper(change)
  await carryOut(turn, turn.record.id, { change, note: command.kind === 'resolve' ? command.note : undefined })
}

interface Order {
  readonly change: Change
  readonly note: string | undefined
}

async function carryOut(turn: Mention, id: string, { change, note }: Order): Promise<void> {
  const request = { id, actor: turn.staff.id, change, note }
  const done = await turn.perform(turn.cause, (work) => changeFollowUp(work, request))
  if (!done.ok) await turn.whisper(STAFF_TEXTS[turn.staff.locale].refused(done))
}

/** The change a command means, or the words that say why it means none. */
function changeOf(
  turn: Mention,
  command: Exclude<ThreadCommand, { kind: 'tag' | 'help' | 'unnamed' }>
): Change | string {
  const by = turn.staff.id
  const now = turn.scope.now()
  const texts = STAFF_TEXTS[turn.staff.locale]
  switch (command.kind) {
    case 'claim':
      return { kind: 'claim', by }
    case 'assign': {
      const order = assignment(turn, command.to)
      return order.ok ? order.value : texts.refused(order)
    }
    case 'resolve':
      return { kind: 'resolve', by, outcome: command.outcome }
    case 'reopen':
      return { kind: 'reopen', dueAt: addDuration(now, DUE.high) }
    case 'snooze': {
      const until = snoozeUntil(command.until, now, turn.config.timeZone)
      if (until.ok) return { kind: 'snooze', until: until.value }
      return until.kind === 'too_far' ? texts.snoozeTooFar : texts.snoozeUnreadable
    }
  }
}

async function tag(turn: Mention, id: string, { add, remove }: Extract<ThreadCommand, { kind: 'tag' }>) {
  const texts = STAFF_TEXTS[turn.staff.locale]
  if (add.length + remove.length === 0) return turn.whisper(texts.help)
  const done = await turn.perform(turn.cause, (work) => changeTags(work, { id, actor: turn.staff.id, add, remove }))
  if (!done.ok) return turn.whisper(texts.refused(done))
  const { added, removed, refused } = done.value
  if (refused.length > 0) return turn.whisper(TAG_TEXTS[turn.staff.locale].refused(refused.map(escapeMrkdwn).join(' ')))
  if (added.length + removed.length === 0) await turn.whisper(texts.tagsUnchanged)
}
