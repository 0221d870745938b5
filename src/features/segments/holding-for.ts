import type { Tx } from '../../platform/db/index.ts'
import { allowedByDefault } from '../consent/index.ts'
import { currentTiers } from '../tiers/index.ts'
import type { Asking } from './rules/moment.ts'

/** What holds now for customers of whom nothing is kept. */
export async function holdingFor(tx: Tx): Promise<Pick<Asking, 'allowedByDefault' | 'firstTier'>> {
  const tiers = await currentTiers(tx)
  return { allowedByDefault: await allowedByDefault(tx), firstTier: tiers?.rules.tiers[0]?.key }
}
