import type { Locale } from '../../core/locale.ts'
import { truncate } from '../../core/text.ts'
import { formatTime } from '../../core/time.ts'
import { escapeMrkdwn, mentionOf, slackDate } from '../../platform/slack/index.ts'
import { ACTIONS, ACTOR_KINDS, DETAIL_KEYS, type DetailKey, SUBJECT_TYPES } from './rules/entry.ts'
import type { StoredEntry } from './store/entries.ts'
import { TEXTS } from './texts.ts'

/** For whom an entry is written out. */
export interface Reader {
  readonly locale: Locale
  readonly timeZone: string
}

/** Longer details are cut: the line must stay one. */
const DETAIL_UNITS = 160

/** An entry as one line of mrkdwn: when, who, what, and in brackets its detail. */
export function entryLine(entry: StoredEntry, { locale, timeZone }: Reader): string {
  const when = slackDate(entry.at, formatTime(entry.at, locale, timeZone))
  const detail = detailText(entry.detail, locale)
  return `• ${when} *${actorText(entry, locale)}* ${actionText(entry, locale)}${detail && ` (${detail})`}`
}

function actorText({ actorKind, actorId }: StoredEntry, locale: Locale): string {
  const kind = ACTOR_KINDS.find((known) => known === actorKind)
  if (kind === 'staff') return mentionOf(actorId)
  return kind ? TEXTS[locale].actors[kind](escapeMrkdwn(actorId)) : escapeMrkdwn(actorId)
}

/** A name that this version of the program does not know (any more) is shown as it is stored. */
function actionText({ action, subjectType, subjectId }: StoredEntry, locale: Locale): string {
  const texts = TEXTS[locale]
  const type = SUBJECT_TYPES.find((known) => known === subjectType)
  const id = type === 'staff' ? mentionOf(subjectId) : escapeMrkdwn(subjectId)
  const what = type ? texts.subjects[type](id) : id
  const known = ACTIONS.find((one) => one === action)
  return known ? texts.actions[known](what) : `${escapeMrkdwn(action)} ${what}`
}

function detailText(detail: StoredEntry['detail'], locale: Locale): string {
  if (detail === undefined) return ''
  const texts = TEXTS[locale]
  if (detail === 'erased' || detail === 'unreadable') return texts[detail]
  const parts = DETAIL_KEYS.flatMap((key) => {
    const value = detail[key]
    return value === undefined ? [] : [`${texts.details[key]}: ${valueText(key, value)}`]
  })
  return parts.join(', ')
}

function valueText(key: DetailKey, value: string | number): string {
  return key === 'staff' ? mentionOf(String(value)) : escapeMrkdwn(truncate(String(value), DETAIL_UNITS))
}
