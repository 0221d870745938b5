import type { ModalView } from '@slack/types'
import { stringify } from 'yaml'
import {
  type FieldErrors,
  input,
  modal,
  type Submission,
  staticSelect,
  textInput
} from '../../../platform/slack/index.ts'
import { publishEdit } from '../../definitions/index.ts'
import { couponKind } from '../definition-kind.ts'
import { ACTION } from './ids.ts'
import { CREATE_FIELDS, type CreateField, REPORT_TEXTS } from './report-texts.ts'
import type { Reader } from './views.ts'

const NEEDED: readonly CreateField[] = ['key', 'title_ja', 'title_en', 'note_ja', 'note_en', 'gives']
const NUMBERS = ['amount', 'days', 'minimum', 'total', 'per_customer', 'cost', 'budget'] as const
const GIVES = ['text', 'percent', 'yen', 'gift'] as const
const LENGTHS: Readonly<Partial<Record<CreateField, number>>> = {
  title_ja: 60,
  title_en: 60,
  note_ja: 200,
  note_en: 200
}
const SHORT = 40

/** Asks for what makes a coupon; days, shops and the rest stand in files. */
export function createForm({ locale }: Pick<Reader, 'locale'>): ModalView {
  const texts = REPORT_TEXTS[locale]
  const choices = GIVES.map((value) => ({ value, text: texts.gives[value] }))
  const select = staticSelect({ actionId: 'value', placeholder: texts.fields.gives, choices, initial: 'text' })
  const typed = (field: CreateField) =>
    textInput({ actionId: 'value', maxLength: LENGTHS[field] ?? SHORT, multiline: field.startsWith('note') })
  return modal({
    ...{ callbackId: ACTION.create, title: texts.createTitle, submit: texts.submit, close: texts.close },
    blocks: CREATE_FIELDS.map((field) => {
      const hint = texts.hints[field]
      return input({
        ...{ blockId: field, label: texts.fields[field], optional: !NEEDED.includes(field), ...(hint && { hint }) },
        element: field === 'gives' ? select : typed(field)
      })
    })
  })
}

/** Publishes what a manager wrote as a coupon of its own; faults beside the fields. */
export async function create(turn: Submission): Promise<FieldErrors | undefined> {
  const texts = REPORT_TEXTS[turn.staff.locale]
  const words = new Map(CREATE_FIELDS.map((field) => [field, wordsIn(turn, field)]))
  const bad = NUMBERS.filter((field) => !/^([1-9]\d{0,8})?$/.test(words.get(field) ?? ''))
  if (bad.length > 0) return Object.fromEntries(bad.map((field) => [field, texts.badNumber]))
  if (/percent|yen/.test(words.get('gives') ?? '') && !words.get('amount')) return { amount: texts.amountMissing }
  const body = bodyOf(words)
  const file = { path: `loyalty/coupons/${body.key}.yaml`, text: stringify(body, { lineWidth: 0 }) }
  const { db, now } = { db: turn.scope.db, now: turn.scope.now() }
  const result = await publishEdit(db, { kinds: [couponKind], file, at: now, over: undefined, by: turn.staff.id })
  if (result.ok) {
    await turn.whisper(texts.created(body.key))
    return undefined
  }
  return { key: result.kind === 'faults' ? result.faults.map(({ message }) => message).join('\n') : texts.taken }
}

function wordsIn({ values }: Submission, field: CreateField): string {
  const value = values[field]
  return typeof value === 'string' ? value.normalize('NFKC').trim() : ''
}

/** As it would stand in a file. */
function bodyOf(words: ReadonlyMap<CreateField, string>) {
  const text = (field: CreateField) => words.get(field) ?? ''
  const number = (field: CreateField) => (text(field) === '' ? undefined : Number(text(field)))
  const title = { ja: text('title_ja'), en: text('title_en') }
  const gives = {
    text: undefined,
    percent: { percent: number('amount') },
    yen: { yen: number('amount') },
    gift: { gift: title }
  }
  const limit = { total: number('total'), per_customer: number('per_customer') }
  return {
    key: text('key'),
    ...{ title, note: { ja: text('note_ja'), en: text('note_en') } },
    gives: gives[GIVES.find((kind) => kind === text('gives')) ?? 'text'],
    valid_for: number('days') === undefined ? undefined : `${text('days')}d`,
    minimum_spend_yen: number('minimum'),
    limit: limit.total || limit.per_customer ? limit : undefined,
    cost_yen: number('cost'),
    budget_yen: number('budget')
  }
}
