import type { ModalView } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { comparable } from '../../../core/text.ts'
import {
  type Click,
  type FieldErrors,
  input,
  type Mention,
  modal,
  type Submission,
  staticSelect,
  textInput
} from '../../../platform/slack/index.ts'
import type { Work } from '../../../platform/work.ts'
import { customerSummary } from '../../customers/index.ts'
import { customerOfFollowUp, RECORD_TYPE } from '../../follow-ups/index.ts'
import { type CardGlance, handStaffStamp, type NoStaffStamp, openGlances } from '../../stamps/index.ts'
import type { StampTexts } from '../card-texts.ts'
import { TEXTS } from '../texts.ts'
import { carriedIn } from './forms.ts'
import { ACTION } from './ids.ts'

/** block_ids of the form. */
const FIELD = { reason: 'reason', programme: 'programme' } as const
const REASON_MAX = 200
const WORD = /^(?:スタンプ|stamp)(?![a-z0-9ぁ-んァ-ヶー])[\s、,。.:：+＋1１]*/iu

/** Asks why, and for which card where there are several. */
export async function openStampForm(click: Click, id: string): Promise<void> {
  const { locale } = click.staff
  const cards = await click.perform(click.cause, (work) => openGlances(work, id))
  await (cards.length > 0
    ? click.openModal(stampForm(id, cards, locale))
    : click.whisper(TEXTS[locale].stamp.noProgramme))
}

function stampForm(id: string, cards: readonly CardGlance[], locale: Locale): ModalView {
  const { stamp, back } = TEXTS[locale]
  const choices = cards.map(({ programme, title, stamps, goal }) => {
    return { value: programme, text: `${title[locale]} ${stamps} / ${goal}` }
  })
  const reason = textInput({ actionId: 'value', maxLength: REASON_MAX })
  const [first] = choices
  const choice = { actionId: 'value', placeholder: stamp.choose, choices, ...(first && { initial: first.value }) }
  return modal({
    ...{ callbackId: ACTION.stamp, title: stamp.title, submit: stamp.submit, close: back },
    privateMetadata: JSON.stringify({ id }),
    blocks: [
      input({ blockId: FIELD.programme, label: stamp.programme, element: staticSelect(choice) }),
      input({ blockId: FIELD.reason, label: stamp.reason, hint: stamp.reasonHint, element: reason })
    ]
  })
}

/** Gives the stamp of a form; `andShow` does it and shows the card as it is then. */
export async function giveStamp(
  turn: Submission,
  andShow: <Done>(id: string, act: (work: Work) => Promise<Done>) => Promise<Done | undefined>
): Promise<FieldErrors | undefined> {
  const { locale, id: by } = turn.staff
  const { gone, stamp } = TEXTS[locale]
  const carried = carriedIn(turn.privateMetadata)
  const reason = [turn.values[FIELD.reason] ?? ''].flat().join().trim()
  if (!carried) return { [FIELD.reason]: gone }
  if (!reason) return { [FIELD.reason]: stamp.reasonMissing }
  const programme = String(turn.values[FIELD.programme] ?? '')
  const done = await andShow(carried.id, (work) => give(work, { customerId: carried.id, by, reason, programme }))
  if (!done) return { [FIELD.reason]: gone }
  return done.ok || done.kind === 'known' ? undefined : { [FIELD.reason]: refusal(done, stamp) }
}

/** "@matane スタンプ 理由" in the thread of a follow-up. */
export const stampMention = {
  role: 'cs',
  matches: (text: string) => WORD.test(text.trim()),
  run: giveInThread
} as const

async function giveInThread(turn: Mention): Promise<void> {
  const { locale, id: by } = turn.staff
  const { noRecord, gone, stamp } = TEXTS[locale]
  const { record } = turn
  const reason = turn.text.trim().replace(WORD, '').slice(0, REASON_MAX)
  if (record?.type !== RECORD_TYPE) return turn.whisper(noRecord)
  if (!comparable(reason)) return turn.whisper(stamp.reasonMissing)
  const done = await turn.perform(turn.cause, async (work) => {
    const customerId = await customerOfFollowUp(work.tx, record.id)
    return customerId === undefined ? undefined : give(work, { customerId, by, reason })
  })
  if (!done) return turn.whisper(gone)
  if (done.ok) return turn.reply(stamp.given(`${done.value.card.stamps.length} / ${done.value.card.definition.goal}`))
  if (done.kind !== 'known') await turn.whisper(refusal(done, stamp))
}

type Giving = Omit<Parameters<typeof handStaffStamp>[1], 'locale'>

async function give(work: Work, giving: Giving) {
  const customer = await customerSummary(work.tx, work.cipher, giving.customerId)
  return handStaffStamp(work, { ...giving, locale: customer?.locale ?? 'ja' })
}

function refusal(refused: NoStaffStamp, { limit, noCard }: StampTexts): string {
  return refused.kind === 'limit' ? limit(refused.limit) : noCard
}
