import type { Tx } from '../../platform/db/index.ts'
import type { DefinitionKind, Surroundings } from '../../platform/feature.ts'
import { COUPON_KIND } from '../coupons/index.ts'
import { current, explainIssues } from '../definitions/index.ts'
import { TIERS, TiersDefinition } from './rules/definition.ts'
import { unknownGifts } from './rules/gifts.ts'

/** flows/loyalty/tiers.yaml. No such file = there are no tiers. */
export const tiersKind: DefinitionKind = {
  kind: TIERS,
  files: 'loyalty/tiers.yaml',
  check(input) {
    const parsed = TiersDefinition.safeParse(input)
    if (parsed.success) return { ok: true, key: TIERS, body: parsed.data }
    return { ok: false, faults: explainIssues(parsed.error, input) }
  },
  together: (body, around) => unknownGifts(rulesOf(body), keysOf(around, COUPON_KIND))
}

function keysOf({ definitions }: Surroundings, kind: string): string[] {
  return definitions.flatMap((each) => (each.kind === kind ? [each.key] : []))
}

/** The tiers in force, and the id of this version of them. */
export interface TiersInForce {
  readonly id: string
  readonly rules: TiersDefinition
}

/** Undefined while a shop has none. */
export async function currentTiers(tx: Tx): Promise<TiersInForce | undefined> {
  const published = await current(tx, TIERS, TIERS)
  return published && { id: published.id, rules: rulesOf(published.body) }
}

/** The keys of the tiers that are going to be in force beside a definition, from low to high; undefined = there are none. */
export function tierKeysAround({ definitions }: Surroundings): readonly string[] | undefined {
  const found = definitions.find(({ kind }) => kind === TIERS)
  return found && rulesOf(found.body).tiers.map(({ key }) => key)
}

const parsed = new WeakMap<object, TiersDefinition>()

/** Parsed once for each version: a body that was published never changes. */
function rulesOf(body: unknown): TiersDefinition {
  const known = typeof body === 'object' && body !== null ? parsed.get(body) : undefined
  if (known) return known
  const rules = TiersDefinition.parse(body)
  if (typeof body === 'object' && body !== null) parsed.set(body, rules)
  return rules
}
