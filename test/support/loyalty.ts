import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { couponsFeature } from '../../src/features/coupons/index.ts'
import { publishFiles } from '../../src/features/definitions/index.ts'
import { shopsFeature } from '../../src/features/shops/index.ts'
import { stampsFeature } from '../../src/features/stamps/index.ts'
import { StampCardDefinition } from '../../src/features/stamps/rules/definitions.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Feature } from '../../src/platform/feature.ts'

const folder = new URL('../../flows/loyalty/', import.meta.url)
const text = (name: string) => readFileSync(new URL(name, folder), 'utf8')

/** The stamp card as the demo shop has it, with changes. */
export function demoCard(change: Partial<StampCardDefinition> = {}): StampCardDefinition {
  return { ...StampCardDefinition.parse(parse(text('stamp-card.yaml'))), ...change }
}

/** Shops, coupons and stamp cards as they stand together in the house. */
export function loyaltyFeatures(counterNow: () => Date): readonly Feature[] {
  return [shopsFeature({ counterNow }), couponsFeature, stampsFeature({ counterNow })]
}

/** Publishes the demo shop's stamp card, with changes, its shops, and more programmes like it. */
export async function publishLoyalty(
  db: Database,
  change: Partial<StampCardDefinition> = {},
  others: readonly Partial<StampCardDefinition>[] = []
): Promise<void> {
  const kinds = loyaltyFeatures(() => new Date(0)).flatMap(({ definitions = [] }) => definitions)
  const files = [
    { path: 'loyalty/shops.yaml', text: text('shops.yaml') },
    { path: 'loyalty/stamp-card.yaml', text: JSON.stringify(demoCard(change)) },
    ...others.map((other) => ({ path: `loyalty/stamp-cards/${other.key}.yaml`, text: JSON.stringify(demoCard(other)) }))
  ]
  const published = await publishFiles(db, { kinds, files, at: new Date('2026-01-01T00:00:00Z') })
  if (!published.ok) throw new Error(JSON.stringify(published.faults))
}
