import type { Tx } from '../../../platform/db/index.ts'
import { current, firstPublishedAt } from '../../definitions/index.ts'
import { POINTS, PointsDefinition } from '../rules/definition.ts'

/** The points there are. */
export interface Programme {
  readonly definition: PointsDefinition
  /** Since when: what happened before gives none. */
  readonly since: Date
}

/** The programme as it is now; undefined while none is published. */
export async function currentProgramme(tx: Tx): Promise<Programme | undefined> {
  const published = await current(tx, POINTS, POINTS)
  if (!published) return undefined
  const since = (await firstPublishedAt(tx, POINTS, POINTS)) ?? published.publishedAt
  return { definition: PointsDefinition.parse(published.body), since }
}
