import type { KnownBlock } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import type { Database } from '../../../platform/db/index.ts'
import { LANGUAGE, readSetting } from '../../../platform/settings/index.ts'
import {
  actions,
  button,
  type Card,
  context,
  escapeMrkdwn,
  fields,
  header,
  mentionOf,
  section
} from '../../../platform/slack/index.ts'
import { fieldName } from '../rules/fields.ts'
import { findUpload, type Upload } from '../store/uploads.ts'
import { fileFaultText, TEXTS } from '../texts.ts'
import { errorLines } from './error-text.ts'
import { ACTION } from './ids.ts'
import { refusalOf } from './refusal.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

const ERRORS_SHOWN = 5
const COLUMNS_SHOWN = 12
const NAMES_LENGTH = 400

/** A file as it is now: what it says while somebody decides, how far it is, what became of it. */
export async function uploadCard(db: Database, id: string): Promise<Card | undefined> {
  return db.transaction(async (tx) => {
    const upload = await findUpload(tx, db.cipher, id)
    if (!upload) return undefined
    const language = await readSetting(tx, LANGUAGE)
    const locale = language.value
    const title = STAFF_TEXTS[locale].head(TEXTS[locale].kinds[upload.kind], STAFF_TEXTS[locale].states[upload.state])
    const blocks = [
      header(title, blockId(upload, 'head')),
      section(`*${escapeMrkdwn(upload.report.name)}*\n${bodyOf(upload, locale)}`, { blockId: blockId(upload, 'name') }),
      ...countsOf(upload, locale),
      ...(upload.state === 'ready' ? columnsOf(upload, locale) : []),
      ...errorsOf(upload, locale),
      ...buttonsOf(upload, locale),
      context([whoOf(upload, locale)], blockId(upload, 'who'))
    ]
    return { version: upload.version + language.version, text: escapeMrkdwn(title), blocks }
  })
}

const blockId = ({ id, version }: Upload, part: string) => `upload:${id}:v${version}:${part}`

/** The rows of an upload that are kept, and may be imported. */
const takenRows = ({ rows, repeated, skipped, failed }: Upload) => rows - repeated - skipped - failed

function bodyOf(upload: Upload, locale: Locale): string {
  const texts = STAFF_TEXTS[locale]
  const { state, report, part, parts } = upload
  if (state === 'reading') return texts.reading
  if (state === 'refused') {
    const why = refusalOf(report.refusal)
    return escapeMrkdwn('reason' in why ? texts.refusals[why.reason] : fileFaultText(locale, why))
  }
  if (state === 'trying' || state === 'importing') {
    const percent = Math.floor((part * 100) / Math.max(1, parts))
    const all = takenRows(upload)
    const done = texts.progress(Math.min(all, Math.round((all * percent) / 100)), all, percent)
    return state === 'trying' ? `${texts.trying}\n${done}` : done
  }
  if (state === 'ready') return takenRows(upload) > 0 ? texts.question : texts.nothing
  return upload.failed > 0 && state === 'done' ? texts.again : TEXTS[locale].kinds[upload.kind]
}

function countsOf(upload: Upload, locale: Locale): KnownBlock[] {
  const { state, rows, imported, duplicates, repeated, failed, unfit, skipped, erased } = upload
  if (state === 'reading' || state === 'refused' || state === 'trying') return []
  const { counts } = STAFF_TEXTS[locale]
  const shown = [
    [counts.rows, rows],
    [state === 'ready' || state === 'cancelled' ? counts.fresh : counts.imported, imported],
    [counts.duplicates, duplicates + repeated],
    [counts.failed, failed + unfit],
    ...(skipped > 0 ? [[counts.skipped, skipped] as const] : []),
    ...(erased > 0 ? [[counts.erased, erased] as const] : [])
  ] as const
  const texts = shown.map(([name, count]) => `*${name}*\n${count.toLocaleString(locale === 'ja' ? 'ja-JP' : 'en-US')}`)
  return [fields(texts, blockId(upload, 'counts'))]
}

function columnsOf(upload: Upload, locale: Locale): KnownBlock[] {
  const { reading } = upload.report
  if (!reading) return []
  const texts = STAFF_TEXTS[locale]
  const columns = Object.entries(reading.columns)
    .slice(0, COLUMNS_SHOWN)
    .map(([field, column]) => `${String(column)} → ${fieldName(locale, field)}`)
  const how = `${reading.preset ?? TEXTS[locale].how[reading.how]}, ${reading.encoding}`
  const unused = reading.unused.join(', ').slice(0, NAMES_LENGTH)
  const lines = [
    `*${texts.columns}* (${escapeMrkdwn(how)})`,
    escapeMrkdwn(columns.join(locale === 'ja' ? '、' : ', ')),
    ...(unused ? [escapeMrkdwn(texts.unused(unused))] : [])
  ]
  return [section(lines.join('\n'), { blockId: blockId(upload, 'columns') })]
}

function errorsOf(upload: Upload, locale: Locale): KnownBlock[] {
  const { failed, state } = upload
  if (failed === 0 || (state !== 'ready' && state !== 'done')) return []
  const lines = errorLines(upload, locale, ERRORS_SHOWN)
  const title = STAFF_TEXTS[locale].wrong(lines.length, failed)
  return [section([`*${title}*`, ...lines].join('\n'), { blockId: blockId(upload, 'errors') })]
}

function buttonsOf(upload: Upload, locale: Locale): KnownBlock[] {
  const { id: value, state, failed } = upload
  const texts = STAFF_TEXTS[locale]
  const rows = takenRows(upload)
  const waits = state === 'ready'
  const buttons = [
    ...(waits && rows > 0
      ? [button({ text: texts.take(rows), actionId: ACTION.take, value, style: 'primary' as const })]
      : []),
    ...(waits ? [button({ text: texts.leave, actionId: ACTION.leave, value })] : []),
    ...(failed > ERRORS_SHOWN && (waits || state === 'done')
      ? [button({ text: texts.showFaults, actionId: ACTION.faults, value })]
      : [])
  ]
  return buttons.length > 0 ? [actions(buttons, blockId(upload, 'actions'))] : []
}

function whoOf({ broughtBy, decidedBy }: Upload, locale: Locale): string {
  const texts = STAFF_TEXTS[locale]
  const parts = [texts.by(mentionOf(broughtBy)), ...(decidedBy ? [texts.decidedBy(mentionOf(decidedBy))] : [])]
  return parts.join(locale === 'ja' ? ' ・ ' : ' · ')
}
