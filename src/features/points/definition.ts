import { z } from 'zod'
import type { DefinitionFault, DefinitionKind, Neighbour, Surroundings } from '../../platform/feature.ts'
import { COUPON_KIND } from '../coupons/index.ts'
import { checked } from '../definitions/index.ts'
import { POINTS, PointsDefinition } from './rules/definition.ts'

/** flows/loyalty/points.yaml: what gives points, how long they hold, and what they are exchanged for. */
export const pointsKind: DefinitionKind = {
  kind: POINTS,
  files: 'loyalty/points.yaml',
  check: (input) => checked(PointsDefinition, input, () => POINTS),
  together: (body, around) => strangers(PointsDefinition.parse(body), around)
}

/** A name of something that there is not, and where it stands. */
interface Named {
  readonly name: string | undefined
  readonly path: DefinitionFault['path']
}

/** Coupons, surveys and shops that the points name and that there are not. */
function strangers({ earn, campaigns, exchange }: PointsDefinition, { definitions }: Surroundings): DefinitionFault[] {
  const keysOf = (kind: string) => definitions.filter((one) => one.kind === kind).map(({ key }) => key)
  const coupons = exchange.map(({ coupon }, at): Named => ({ name: coupon, path: ['exchange', at, 'coupon'] }))
  const surveys = earn.map((rule, at): Named => {
    return { name: rule.on === 'survey.answered' ? rule.survey : undefined, path: ['earn', at, 'survey'] }
  })
  const shops = campaigns.flatMap(({ shops: ids = [] }, at) =>
    ids.map((name, place): Named => ({ name, path: ['campaigns', at, 'shops', place] }))
  )
  return [
    ...unknown(coupons, keysOf(COUPON_KIND), 'make it in flows/loyalty/coupons/'),
    ...unknown(surveys, keysOf('survey'), 'make it in flows/surveys/'),
    ...unknown(shops, shopIds(definitions), 'add it to flows/loyalty/shops.yaml')
  ]
}

function unknown(names: readonly Named[], known: readonly string[], otherwise: string): DefinitionFault[] {
  const choice = known.length > 0 ? `write one of ${known.join(', ')}, or ` : ''
  return names.flatMap(({ name, path }) =>
    name === undefined || known.includes(name)
      ? []
      : [{ path, message: `there is no "${name}": ${choice}${otherwise}` }]
  )
}

const Shops = z.object({ shops: z.array(z.object({ id: z.string() })) })

function shopIds(definitions: readonly Neighbour[]): string[] {
  return definitions
    .filter(({ kind }) => kind === 'shops')
    .flatMap(({ body }) => Shops.safeParse(body).data?.shops.map(({ id }) => id) ?? [])
}
