import { z } from 'zod'
import { darkColour, localeText, slug } from '../../../core/schema.ts'

/** The key of the one list of shops. */
export const SHOPS = 'shops'

/** flows/loyalty/shops.yaml */
export const ShopsDefinition = z
  .strictObject({
    brand: z
      .strictObject({
        name: localeText(40),
        colour: darkColour.default('#7a4b2a').describe('As #rrggbb; dark enough for white text.')
      })
      .describe('The business as its customers know it: on cards, coupons and counter pages.'),
    shops: z
      .array(
        z.strictObject({ id: slug.describe('Part of the counter page’s address. Keep it.'), name: localeText(40) })
      )
      .min(1)
      .max(1000)
      .refine((shops) => new Set(shops.map((shop) => shop.id)).size === shops.length, 'give each shop an id of its own')
  })
  .describe('The business and its places with a counter.')
export type ShopsDefinition = z.infer<typeof ShopsDefinition>

/** A published list; the first ones had no brand. */
export const PublishedShops = ShopsDefinition.partial({ brand: true })
