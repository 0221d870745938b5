import type { DefinitionKind } from '../../platform/feature.ts'
import { checked } from '../definitions/index.ts'
import { StampCardDefinition } from './rules/definitions.ts'

/** flows/loyalty/stamp-card.yaml: the programme. */
export const stampCardKind: DefinitionKind = {
  kind: 'stamp_card',
  files: 'loyalty/stamp-card.yaml',
  check: (input) => checked(StampCardDefinition, input, ({ key }) => key)
}
