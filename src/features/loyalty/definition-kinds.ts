import type { z } from 'zod'
import type { DefinitionKind } from '../../platform/feature.ts'
import { explainIssues } from '../definitions/index.ts'
import { COUPON_KIND, CouponDefinition, SHOPS, ShopsDefinition, StampCardDefinition } from './rules/definitions.ts'
import { putShops } from './store/shops.ts'

/** flows/loyalty/stamp-card.yaml: the programme. */
export const stampCardKind: DefinitionKind = {
  kind: 'stamp_card',
  files: 'loyalty/stamp-card.yaml',
  check: (input) => checked(StampCardDefinition, input, ({ key }) => key)
}

/** flows/loyalty/coupons/: what flows may give. */
export const couponKind: DefinitionKind = {
  kind: COUPON_KIND,
  files: 'loyalty/coupons/',
  check: (input) => checked(CouponDefinition, input, ({ key }) => key)
}

/** flows/loyalty/shops.yaml: the shops. Publishing it opens new ones and closes the ones it no longer names. */
export const shopsKind: DefinitionKind = {
  kind: 'shops',
  files: 'loyalty/shops.yaml',
  check: (input) => checked(ShopsDefinition, input, () => SHOPS),
  published: (tx, cipher, body, at) => putShops(tx, cipher, { ...ShopsDefinition.parse(body), at })
}

function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  keyOf: (body: z.output<Schema>) => string
): ReturnType<DefinitionKind['check']> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return { ok: true, key: keyOf(parsed.data), body: parsed.data }
  return { ok: false, faults: explainIssues(parsed.error) }
}
