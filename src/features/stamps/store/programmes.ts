import type { Tx } from '../../../platform/db/index.ts'
import { byId, currentAll } from '../../definitions/index.ts'
import { brandOf, shopNames } from '../../shops/index.ts'
import { PROGRAMME, STAMP_CARD, StampCardDefinition } from '../rules/definitions.ts'
import type { CardLook } from '../rules/stamp-card.ts'

/** A published programme. */
export interface Programme {
  readonly definitionId: string
  readonly definition: StampCardDefinition
}

/** The programmes as they are now, the main one in front of the others, those by their keys. */
export async function currentProgrammes(tx: Tx): Promise<Programme[]> {
  const published = await currentAll(tx, STAMP_CARD)
  const programmes = published.map(({ id, body }) => ({
    definitionId: id,
    definition: StampCardDefinition.parse(body)
  }))
  return programmes.toSorted((a, b) => placeOf(a) - placeOf(b))
}

const placeOf = ({ definition }: Programme) => (definition.key === PROGRAMME ? 0 : 1)

/** The terms that a card began with. */
export async function termsOf(tx: Tx, definitionId: string): Promise<StampCardDefinition> {
  const published = await byId(tx, definitionId)
  if (!published) throw new Error(`No definition ${definitionId}, though a card was made from it`)
  return StampCardDefinition.parse(published.body)
}

/** Of a card that has neither a look of its own nor a brand to take it from. */
const PLAIN = { brand: { ja: '', en: '' }, colour: '#7a4b2a' }

/** A card's own look, and where it has none that of the brand; the names of its shops, if it is not for all of them. */
export async function lookOf(tx: Tx, { brand, colour, shops = [] }: StampCardDefinition): Promise<CardLook> {
  const names = shops.length > 0 ? await shopNames(tx) : undefined
  const known = shops.flatMap((id) => names?.get(id) ?? [])
  if (brand && colour) return { brand, colour, shops: known }
  const shop = await brandOf(tx)
  return { brand: brand ?? shop?.name ?? PLAIN.brand, colour: colour ?? shop?.colour ?? PLAIN.colour, shops: known }
}
