import type { Context, Feature } from '../../../platform/feature.ts'
import { sharedLocale } from '../../../platform/settings/index.ts'
import {
  type Card,
  type Click,
  type Command,
  context,
  type SlackHandlers,
  type StaffTurn,
  section
} from '../../../platform/slack/index.ts'
import { recordAudit } from '../../audit/index.ts'
import { RECORD_TYPE, showMerge } from '../announce.ts'
import { decideDuplicate } from '../decide-duplicate.ts'
import { findPerson } from '../find-people.ts'
import { openPairs, type Pair, suggestPair } from '../store/duplicates.ts'
import { findMerge, listMerges } from '../store/merges.ts'
import { type Seen, seePeople } from '../store/people.ts'
import { TEXTS } from '../texts.ts'
import { undoMerge } from '../undo-merge.ts'
import { ACTION, mergeBlocks, mergeCard, mergeIdIn, pairBlocks, pairIn, whoText } from './views.ts'

/** So many pairs or merges make a message that can still be read. */
const SHOWN = 8

/** Deciding whether two customers are one person: the list of suggestions, two named by hand, and the way back. */
export function slackHandlers(rooms: readonly Feature[]): SlackHandlers {
  const help = (verb: 'duplicates' | 'merge') => ({ ja: TEXTS.ja.help[verb], en: TEXTS.en.help[verb] })
  return {
    verbs: {
      duplicates: { role: 'cs', help: help('duplicates'), run: listPairs },
      merge: { role: 'cs', help: help('merge'), run: (turn) => (turn.text ? compare(turn) : listLatest(turn)) }
    },
    actions: {
      [ACTION.same]: { role: 'cs', run: (click) => decide(click, rooms, true) },
      [ACTION.apart]: { role: 'cs', run: (click) => decide(click, rooms, false) },
      [ACTION.undo]: { role: 'manager', run: (click) => undo(click, rooms) }
    },
    cards: { [RECORD_TYPE]: drawMerge }
  }
}

const readerOf = ({ staff, config }: StaffTurn) => ({ locale: staff.locale, timeZone: config.timeZone })

async function listPairs(turn: Command): Promise<void> {
  const texts = TEXTS[turn.staff.locale]
  const { pairs, count } = await openPairs(turn.scope.db.prisma, SHOWN)
  if (count === 0) return turn.whisper(texts.none)
  const seen = await see(
    turn,
    pairs.flatMap(({ customerA, customerB }) => [customerA, customerB])
  )
  const blocks = pairs.flatMap(({ customerA: a, customerB: b, reason }) =>
    pairBlocks({ a, b }, peopleOf({ a, b }, seen), reason, readerOf(turn))
  )
  await turn.whisper(texts.title(count), [section(`*${texts.title(count)}*`), context([texts.how]), ...blocks])
}

/** Reads customers for staff to see, and puts on record that they were seen. */
async function see(turn: StaffTurn, ids: readonly string[]): Promise<Map<string, Seen>> {
  return turn.perform(turn.cause, async (work) => {
    const seen = await seePeople(work.tx, work.cipher, ids)
    const entries = [...seen.keys()].map((id) => ({
      ...({ actor: { kind: 'staff', id: turn.staff.id }, action: 'customer.view', customerId: id } as const),
      ...({ subject: { type: 'customer', id }, detail: { view: 'duplicates' } } as const)
    }))
    await recordAudit(work, ...entries)
    return seen
  })
}

function peopleOf({ a, b }: Pair, seen: ReadonlyMap<string, Seen>): Seen[] {
  return [a, b].flatMap((id) => seen.get(id) ?? [])
}

/** Two customers whom staff name themselves: shown side by side, for one more look before they become one. */
async function compare(turn: Command): Promise<void> {
  const texts = TEXTS[turn.staff.locale]
  const words = turn.text.split(/[\s、,]+/).filter(Boolean)
  const [first, second, ...more] = words
  if (!first || !second || more.length > 0) return turn.whisper(texts.usage)
  const found: string[] = []
  for (const word of [first, second]) {
    const id = await findPerson(turn.scope.db.prisma, turn.scope.db.cipher, word)
    if (!id) return turn.whisper(texts.unknown(word))
    found.push(id)
  }
  const [a = '', b = ''] = found.sort()
  if (a === b) return turn.whisper(texts.samePerson)
  const seen = await see(turn, [a, b])
  await turn.perform(`${turn.cause}:suggest`, ({ tx, now }) => suggestPair(tx, { a, b }, { reason: 'staff', at: now }))
  const blocks = pairBlocks({ a, b }, peopleOf({ a, b }, seen), 'staff', readerOf(turn))
  await turn.whisper(texts.together, [section(`*${texts.together}*`), context([texts.how]), ...blocks])
}

async function listLatest(turn: Command): Promise<void> {
  const texts = TEXTS[turn.staff.locale]
  const merges = await listMerges(turn.scope.db.prisma, SHOWN)
  if (merges.length === 0) return turn.whisper(texts.noMerges)
  const seen = await see(
    turn,
    merges.map(({ intoId }) => intoId)
  )
  const blocks = merges.flatMap((merge) => mergeBlocks(merge, seen.get(merge.intoId), readerOf(turn)))
  await turn.whisper(texts.merges, [section(`*${texts.merges}*`), ...blocks])
}

async function decide(click: Click, rooms: readonly Feature[], same: boolean): Promise<void> {
  const texts = TEXTS[click.staff.locale]
  const pair = pairIn(click.value)
  if (!pair) return click.whisper(texts.staleButton)
  const decision = { pair, same, by: click.staff.id }
  const done = await click.perform(click.cause, (work) => decideDuplicate(work, rooms, decision))
  if (done.ok) return click.whisper(done.value.kind === 'merged' ? texts.merged : texts.setApart)
  await click.whisper(done.kind === 'gone' ? texts.gone : texts.decided(whoText(done.by, click.staff.locale)))
}

async function undo(click: Click, rooms: readonly Feature[]): Promise<void> {
  const texts = TEXTS[click.staff.locale]
  const id = mergeIdIn(click.value)
  if (!id) return click.whisper(texts.staleButton)
  const by = { kind: 'staff', id: click.staff.id } as const
  const done = await click.perform(click.cause, async (work) => {
    const undone = await undoMerge(work, rooms, { id, by })
    if (undone.ok) showMerge(work, id)
    return undone
  })
  await click.whisper(done.ok ? texts.undone(done.value.stays) : texts.notUndone[done.kind])
}

async function drawMerge({ scope, config }: Context, id: string): Promise<Card | undefined> {
  const { prisma, cipher } = scope.db
  const merge = await findMerge(prisma, id)
  if (!merge) return undefined
  const person = (await seePeople(prisma, cipher, [merge.intoId])).get(merge.intoId)
  return mergeCard(merge, person, { locale: await sharedLocale(prisma), timeZone: config.timeZone })
}
