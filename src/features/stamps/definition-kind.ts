import type { DefinitionFault, DefinitionKind, Surroundings } from '../../platform/feature.ts'
import { checked } from '../definitions/index.ts'
import { idsOfShops } from '../shops/index.ts'
import { STAMP_CARD, StampCardDefinition } from './rules/definitions.ts'

/** What both places of programmes have in common. */
const stampCardKind = {
  kind: STAMP_CARD,
  check: (input) => checked(StampCardDefinition, input, ({ key }) => key),
  together: (body, around) => unknownShops(StampCardDefinition.parse(body), around)
} satisfies Omit<DefinitionKind, 'files'>

/** flows/loyalty/stamp-card.yaml, and more of them in flows/loyalty/stamp-cards/. */
export const stampCardKinds: readonly DefinitionKind[] = [
  { ...stampCardKind, files: 'loyalty/stamp-card.yaml' },
  { ...stampCardKind, files: 'loyalty/stamp-cards/' }
]

/** Faults of shops that no list of shops names. */
function unknownShops({ shops = [] }: StampCardDefinition, { definitions }: Surroundings): DefinitionFault[] {
  const ids = idsOfShops(definitions)
  if (!ids) return []
  return shops.flatMap((shop, index) => {
    const message = `there is no shop "${shop}" in shops.yaml: ${ids.join(', ')}`
    return ids.includes(shop) ? [] : [{ path: ['shops', index], message }]
  })
}
