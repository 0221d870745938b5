import type { TiersDefinition } from './definition.ts'

interface Fault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Gifts that are no coupon there is. */
export function unknownGifts({ tiers }: TiersDefinition, coupons: readonly string[]): Fault[] {
  return tiers.flatMap(({ gift }, index) => {
    if (gift === undefined || coupons.includes(gift)) return []
    const known = coupons.length > 0 ? `write one of ${coupons.join(', ')}, or ` : ''
    const message = `there is no coupon "${gift}": ${known}make flows/loyalty/coupons/${gift}.yaml`
    return [{ path: ['tiers', index, 'gift'], message }]
  })
}
