import type { KnownBlock } from '@slack/types'
import { dayOf } from '../../core/time.ts'
import {
  actions,
  button,
  type Click,
  type Command,
  context,
  type SlackHandlers,
  type StaffTurn,
  section
} from '../../platform/slack/index.ts'
import { type PageRef, parseFilter, parsePage } from './rules/filter.ts'
import { countPending } from './store/status.ts'
import { TEXTS } from './texts.ts'
import { entryLine } from './view.ts'
import { type AuditPage, viewAudit } from './view-audit.ts'

/** Names of the paging buttons; what they show travels in their value. */
const OLDER = 'audit.older'
const NEWEST = 'audit.newest'

/** "/matane audit": for managers, who did what, page by page. Only the person who asks sees it. */
export const slack: SlackHandlers = {
  verbs: { audit: { role: 'manager', help: { ja: TEXTS.ja.help, en: TEXTS.en.help }, run: ask } },
  actions: { [OLDER]: { role: 'manager', run: turnPage }, [NEWEST]: { role: 'manager', run: turnPage } }
}

async function ask(turn: Command): Promise<void> {
  const filter = parseFilter(turn.text, dayOf(turn.scope.now(), turn.config.timeZone))
  if (!filter) return turn.whisper(TEXTS[turn.staff.locale].usage)
  await show(turn, { filter })
}

async function turnPage(click: Click): Promise<void> {
  const page = parsePage(click.value)
  if (!page) return click.whisper(TEXTS[click.staff.locale].staleButton)
  await show(click, page)
}

async function show(turn: StaffTurn, page: PageRef): Promise<void> {
  const texts = TEXTS[turn.staff.locale]
  const { timeZone } = turn.config
  const found = await turn.perform(turn.cause, (work) => viewAudit(work, { ...page, by: turn.staff.id, timeZone }))
  if (!found.ok) return turn.whisper(texts.noSuchFollowUp(found.number))
  const { pending } = await countPending(turn.scope.db)
  await turn.whisper(texts.title, pageBlocks(turn, page, { ...found.value, pending }))
}

/** A section per entry: one that is long takes nothing from the others. */
function pageBlocks(turn: StaffTurn, page: PageRef, shown: AuditPage & { readonly pending: number }): KnownBlock[] {
  const { locale } = turn.staff
  const texts = TEXTS[locale]
  const reader = { locale, timeZone: turn.config.timeZone }
  const lines = shown.entries.map((entry) => section(entryLine(entry, reader)))
  const buttons = pageButtons(page, shown, texts)
  return [
    section(`*${texts.title}*`),
    ...(lines.length > 0 ? lines : [section(texts.none)]),
    context([texts.viewed, ...(shown.pending > 0 ? [texts.pending(shown.pending)] : [])]),
    ...(buttons.length > 0 ? [actions(buttons)] : [])
  ]
}

function pageButtons({ filter, beforeSeq }: PageRef, { older }: AuditPage, texts: (typeof TEXTS)['ja']) {
  const to = (actionId: string, text: string, page: PageRef) => button({ actionId, text, value: JSON.stringify(page) })
  return [
    ...(older === undefined ? [] : [to(OLDER, texts.older, { filter, beforeSeq: older })]),
    ...(beforeSeq === undefined ? [] : [to(NEWEST, texts.newest, { filter })])
  ]
}
