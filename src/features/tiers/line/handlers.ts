import { comparable } from '../../../core/text.ts'
import type { LineHandlers, LineTurn } from '../../../platform/line/index.ts'
import { brandOf } from '../../shops/index.ts'
import { currentTiers } from '../definition.ts'
import { viewTier } from '../view-tier.ts'
import { TEXTS } from './texts.ts'
import { tierMessage } from './tier-view.ts'

const WORDS = new Set([
  ...['ランク', 'らんく', '会員ランク', 'マイランク', 'ステータス'],
  ...['rank', 'tier', 'status', 'my rank', 'my tier', 'my status']
])

/** What a customer can do with tiers: ask where they stand. */
export const lineHandlers: LineHandlers = {
  knows: (text) => WORDS.has(comparable(text)),
  help: async ({ tx }, { locale }) => ((await currentTiers(tx)) ? TEXTS[locale].help : undefined),
  texts: { word: showTier }
}

/** Without tiers the word means nothing here, and is left to others. */
async function showTier({ work, customer, say }: LineTurn, text: string): Promise<boolean> {
  if (!WORDS.has(comparable(text))) return false
  const view = await viewTier(work, customer.id)
  if (!view) return false
  const brand = (await brandOf(work.tx))?.name[customer.locale]
  say(tierMessage({ ...view, brand }, customer.locale))
  return true
}
