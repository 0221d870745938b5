import type { KnownBlock } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import {
  type Command,
  context,
  escapeMrkdwn,
  header,
  type SlackHandlers,
  section
} from '../../../platform/slack/index.ts'
import { countTiers, type TierCount } from '../count-tiers.ts'
import { TEXTS } from './texts.ts'

/** "/matane tiers": how many customers are where. Numbers only: nobody is named. */
export const slack: SlackHandlers = {
  verbs: { tiers: { role: 'manager', help: { ja: TEXTS.ja.help, en: TEXTS.en.help }, run: showCounts } }
}

async function showCounts({ scope, staff: { locale }, whisper }: Command): Promise<void> {
  const { title, none } = TEXTS[locale]
  const now = scope.now()
  const counts = await countTiers(scope.db.prisma, { now, timeZone: scope.timeZone })
  if (!counts) return whisper(none)
  const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: scope.timeZone }).format(now)
  await whisper(title, countBlocks(counts, month, locale))
}

function countBlocks(counts: readonly TierCount[], month: string, locale: Locale): KnownBlock[] {
  const texts = TEXTS[locale]
  const all = counts.reduce((sum, { customers }) => sum + customers, 0)
  const rows = counts.toReversed().map(({ tier, customers, up, down }) => {
    const share = `${all > 0 ? Math.round((customers / all) * 100) : 0}%`
    const moved = up + down > 0 ? texts.moved(up, down) : texts.nobodyMoved
    return `*${escapeMrkdwn(tier.name[locale])}*  ${texts.customers(customers, share)}\n${moved}`
  })
  return [header(texts.title), section(rows.join('\n\n')), context([texts.meaning(month)])]
}
