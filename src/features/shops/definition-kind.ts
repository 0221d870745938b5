import type { DefinitionKind, Neighbour } from '../../platform/feature.ts'
import { checked } from '../definitions/index.ts'
import { PublishedShops, SHOPS, ShopsDefinition } from './rules/definitions.ts'
import { putShops } from './store/shops.ts'

/** flows/loyalty/shops.yaml: the shops. Publishing it opens new ones and closes the ones it no longer names. */
export const shopsKind: DefinitionKind = {
  kind: SHOPS,
  files: 'loyalty/shops.yaml',
  check: (input) => checked(ShopsDefinition, input, () => SHOPS),
  published: (tx, cipher, body, at) => putShops(tx, cipher, { ...PublishedShops.parse(body), at })
}

/** The ids of the shops among definitions; undefined when no list of shops is among them. */
export function idsOfShops(definitions: readonly Neighbour[]): readonly string[] | undefined {
  const listed = definitions.find(({ kind }) => kind === SHOPS)
  return listed && PublishedShops.parse(listed.body).shops.map(({ id }) => id)
}
