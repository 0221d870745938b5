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
import { type Flow, type FlowCounts, HOLDOUT, type Pause, type PublishedFlow } from '../../flows/index.ts'
import { START_TEXTS } from '../start-texts.ts'
import { TEXTS } from '../texts.ts'
import { comparisonLines } from './comparison.ts'
import { START } from './starting.ts'
import { stepLines } from './steps.ts'

/** Names of the buttons; their value is the flow's id. */
export const SHOW = 'flow.show'
export const PAUSE = 'flow.pause'
export const RESUME = 'flow.resume'
export const EDIT = 'flow.edit'
export const BACK = 'flow.back'

/** For whom it is shown. */
export interface Reader {
  readonly locale: Locale
  readonly role: Role
  readonly timeZone: string
}

/** One message holds about this many. */
const SHOWN = 40

export interface Listed {
  readonly flow: Flow
  readonly isPaused: boolean
  readonly entered: number
  readonly inside: number
}

/** All flows, each with its people. */
export function listBlocks(all: readonly Listed[], { locale }: Reader): KnownBlock[] {
  const texts = TEXTS[locale]
  if (all.length === 0) return [section(`*${texts.title}*\n${texts.none}`)]
  const rows = all.slice(0, SHOWN).map(({ flow, isPaused, entered, inside }) => {
    const state = isPaused ? `⏸ ${texts.paused}` : `▶️ ${texts.running}`
    const people = `${texts.fields.entered} ${texts.entered(entered)} · ${texts.fields.inside} ${texts.inside(inside)}`
    const title = `*${escapeMrkdwn(nameOf(flow, locale))}*  \`${flow.id}\` ${texts.kinds[flow.kind]} · ${state}`
    return section(`${title}\n${people}`, {
      accessory: button({ actionId: SHOW, text: texts.show, value: flow.id })
    })
  })
  const hidden = all.length - SHOWN
  return [header(texts.title), ...rows, context([...(hidden > 0 ? [texts.more(hidden)] : []), texts.howTo])]
}

/** A flow, what it came to, and what may be done with it. */
export interface Shown {
  readonly published: PublishedFlow
  readonly counts: FlowCounts
  readonly answered: number
  readonly pause: Pause | undefined
}

export function flowBlocks({ published, counts, answered, pause }: Shown, reader: Reader): KnownBlock[] {
  const { flow, definition } = published
  const texts = TEXTS[reader.locale]
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, each) => total + each, 0)
  const entered = sum(counts.arms.filter(({ arm }) => arm !== HOLDOUT).map((count) => count.entered))
  const facts: (readonly [string, string])[] = [
    [
      texts.fields.state,
      pause ? `⏸ ${texts.pausedBy(`<@${pause.pausedBy}>`, when(pause.pausedAt, reader))}` : `▶️ ${texts.running}`
    ],
    [texts.fields.trigger, `\`${escapeMrkdwn(stringify(flow.trigger, { collectionStyle: 'flow' }).trim())}\``],
    [texts.fields.purpose, texts.purposes[flow.consent]],
    [texts.fields.entered, texts.entered(entered)],
    [texts.fields.inside, texts.inside(sum(counts.waiting.values()))],
    ...(flow.kind === 'survey' ? ([[texts.fields.answered, texts.entered(answered)]] as const) : []),
    [texts.fields.version, texts.version(definition.version, when(definition.publishedAt, reader))]
  ]
  const compared = comparisonLines(flow, counts.arms, reader.locale)
  return [
    header(`${texts.kinds[flow.kind]}「${nameOf(flow, reader.locale)}」`),
    fields(facts.map(([name, value]) => `*${name}*\n${value}`)),
    ...(compared.length > 0 ? [section(compared.join('\n')), context([texts.meaning])] : []),
    section(`*${texts.steps}*\n${stepLines(flow, counts.waiting, reader.locale)}`),
    ...buttons(flow.id, { isPaused: pause !== undefined }, reader)
  ]
}

function buttons(id: string, { isPaused }: { isPaused: boolean }, { locale, role }: Reader): KnownBlock[] {
  if (!may(role, 'manager')) return []
  const { buttons: words, pauseSure } = TEXTS[locale]
  const to = (actionId: string, text: string) => button({ actionId, text, value: id })
  const toggle = isPaused ? to(RESUME, words.resume) : { ...to(PAUSE, words.pause), confirm: confirmation(pauseSure) }
  const start = to(START, START_TEXTS[locale].button)
  return [actions([toggle, start, to(EDIT, words.edit), to(BACK, words.back)])]
}

/** What staff call a flow. */
function nameOf({ id, name }: Flow, locale: Locale): string {
  return name?.[locale] ?? id
}

/** An instant as Slack shows it to each reader. */
function when(at: Date, { locale, timeZone }: Pick<Reader, 'locale' | 'timeZone'>): string {
  return slackDate(at, formatTime(at, locale, timeZone))
}
