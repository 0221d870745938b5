import type { LocaleText } from '../../core/locale.ts'
import { dayOf } from '../../core/time.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import type { Recording } from '../events/index.ts'
import { currentTiers, type TiersInForce } from './definition.ts'
import { placeTiers } from './move-tiers.ts'
import { type Outlook, outlookOf } from './rules/outlook.ts'
import { beforeWindow } from './rules/period.ts'
import { nextMove } from './rules/standing.ts'
import { findLives, heldTier, type Life } from './store/standings.ts'

/** Where a customer stands; undefined while a shop has no tiers. */
export async function tierOutlook(
  work: Pick<Work, 'tx' | 'now' | 'timeZone'>,
  customerId: string
): Promise<Outlook | undefined> {
  const tiers = await currentTiers(work.tx)
  return tiers && readOutlook(work, tiers, customerId)
}

/** The same for the customer themselves: if they have what it takes, by an import or a window that moved, they have it now. */
export async function viewTier(
  work: Recording,
  customerId: string
): Promise<(Outlook & { window: string }) | undefined> {
  const tiers = await currentTiers(work.tx)
  if (!tiers) return undefined
  const life = await findLife(work, tiers, customerId)
  if (life && nextMove(tiers.rules, life, dayOf(work.now, work.timeZone))) await placeTiers(work, tiers, [customerId])
  const outlook = await readOutlook(work, tiers, customerId)
  return outlook && { ...outlook, window: tiers.rules.window }
}

/** The tier a customer has, by its key and as people call it. */
export interface TierNow {
  readonly key: string
  readonly name: LocaleText
}

/** Undefined while a shop has no tiers. */
export async function tierNow(tx: Tx, customerId: string): Promise<TierNow | undefined> {
  const tiers = await currentTiers(tx)
  if (!tiers) return undefined
  const held = await heldTier(tx, customerId)
  const tier = held === undefined ? tiers.rules.tiers[0] : tiers.rules.tiers.find(({ key }) => key === held)
  return tier && { key: tier.key, name: tier.name }
}

type Reading = Pick<Work, 'tx' | 'now' | 'timeZone'>

async function readOutlook(work: Reading, tiers: TiersInForce, customerId: string): Promise<Outlook | undefined> {
  const life = await findLife(work, tiers, customerId)
  return life && outlookOf(tiers.rules, life, dayOf(work.now, work.timeZone))
}

async function findLife(
  { tx, now, timeZone }: Reading,
  { rules }: TiersInForce,
  customerId: string
): Promise<Life | undefined> {
  const [life] = await findLives(tx, [customerId], beforeWindow(dayOf(now, timeZone), rules.window))
  return life
}
