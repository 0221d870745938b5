import type { KnownBlock } from '@slack/types'
import { stringify } from 'yaml'
import type { Locale } from '../../../core/locale.ts'
import { formatTime } from '../../../core/time.ts'
import {
  actions,
  button,
  confirmation,
  context,
  escapeMrkdwn,
  fields,
  header,
  may,
  type Role,
  section,
  slackDate
} from '../../../platform/slack/index.ts'
import type { PublishedSegment } from '../find-segments.ts'
import type { Preview } from '../preview-segment.ts'
import type { SegmentState } from '../store/membership.ts'
import { TEXTS } from '../texts.ts'

/** Names of the buttons; their value is the segment's id. */
export const SHOW = 'segment.show'
export const RECOUNT = 'segment.recount'
export const EDIT = 'segment.edit'
export const COPY = 'segment.copy'
export const END = 'segment.end'

/** For whom it is shown. */
export interface Reader {
  readonly locale: Locale
  readonly role: Role
  readonly timeZone: string
}

/** One message holds about this many. */
const SHOWN = 40

/** All segments, each with its people as they were counted last. */
export function listBlocks(
  all: readonly { readonly published: PublishedSegment; readonly state: SegmentState | undefined }[],
  reader: Reader
): KnownBlock[] {
  const texts = TEXTS[reader.locale]
  if (all.length === 0) return [section(`*${texts.listTitle}*\n${texts.none}`)]
  const rows = all.slice(0, SHOWN).map(({ published: { segment, isTeams }, state }) => {
    const count = state ? `*${texts.people(state.people)}*` : texts.notYet
    const origin = isTeams ? ` · ${texts.teams}` : ''
    const about = segment.about ? `\n${escapeMrkdwn(segment.about[reader.locale])}` : ''
    return section(`*${escapeMrkdwn(segment.name[reader.locale])}*  ${count}  \`${segment.id}\`${origin}${about}`, {
      accessory: button({ actionId: SHOW, text: texts.show, value: segment.id })
    })
  })
  const hidden = all.length - SHOWN
  return [header(texts.listTitle), ...rows, context([...(hidden > 0 ? [texts.more(hidden)] : []), texts.howTo])]
}

/** A segment, its people now, and what may be done with it. `names` are those of the sample, as the reader may see them. */
export interface Shown {
  readonly published: PublishedSegment
  readonly preview: Preview
  readonly state: SegmentState | undefined
  readonly names: readonly string[]
}

export function previewBlocks({ published, preview, state, names }: Shown, reader: Reader): KnownBlock[] {
  const { segment } = published
  const texts = TEXTS[reader.locale]
  const { pushesNeeded, pushesLeft } = preview
  const missing = pushesLeft === undefined ? 0 : pushesNeeded - pushesLeft
  const facts: (readonly [string, string])[] = [
    [texts.fields.people, texts.people(preview.people)],
    [texts.fields.onLine, texts.people(preview.onLine)],
    [texts.fields.reachable, texts.people(preview.reachable)],
    [texts.fields.pushes, texts.pushes(pushesNeeded, pushesLeft)],
    [texts.fields.kept, state ? texts.kept(state.people, when(state.calculatedAt, reader)) : texts.notYet]
  ]
  return [
    header(segment.name[reader.locale]),
    ...(segment.about ? [section(escapeMrkdwn(segment.about[reader.locale]))] : []),
    fields(facts.map(([name, value]) => `*${name}*\n${value}`)),
    ...(missing > 0 ? [section(texts.tooFew(missing))] : []),
    ...(names.length > 0
      ? [section(texts.sample(names.map(escapeMrkdwn).join(reader.locale === 'ja' ? '、' : ', ')))]
      : []),
    section(`*${texts.condition}* \`${segment.id}\`\n\`\`\`${escapeMrkdwn(conditionText(published))}\`\`\``),
    context([...(names.length > 0 && !may(reader.role, 'manager') ? [texts.masked] : []), texts.meaning]),
    ...buttons(published, reader)
  ]
}

/** Cut, so that the block ends where it should. */
const CONDITION_UNITS = 2_000

function conditionText({ segment }: PublishedSegment): string {
  const text = stringify(segment.who, { lineWidth: 0 }).trim().replaceAll('`', "'")
  return text.length > CONDITION_UNITS ? `${text.slice(0, CONDITION_UNITS)}\n…` : text
}

function buttons({ segment, isTeams }: PublishedSegment, { locale, role }: Reader): KnownBlock[] {
  const texts = TEXTS[locale]
  const to = (actionId: string, text: string) => button({ actionId, text, value: segment.id })
  const ending = { ...to(END, texts.end), confirm: confirmation(texts.endSure), style: 'danger' as const }
  const shown = [
    ...(may(role, 'cs') ? [to(RECOUNT, texts.recount)] : []),
    ...(may(role, 'manager') ? [to(COPY, texts.copy), ...(isTeams ? [to(EDIT, texts.edit), ending] : [])] : [])
  ]
  return shown.length > 0 ? [actions(shown)] : []
}

function when(at: Date, { locale, timeZone }: Reader): string {
  return slackDate(at, formatTime(at, locale, timeZone))
}
