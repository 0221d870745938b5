import { z } from 'zod'
import { CouponDefinition } from '../../src/features/coupons/index.ts'
import { flowJsonSchema } from '../../src/features/flows/index.ts'
import { segmentJsonSchema } from '../../src/features/segments/index.ts'
import { ShopsDefinition } from '../../src/features/shops/index.ts'
import { StampCardDefinition } from '../../src/features/stamps/index.ts'
import { TiersDefinition } from '../../src/features/tiers/index.ts'
import { type Command, readArguments, UsageError } from './usage.ts'

const plain = (schema: z.ZodType) => () => z.toJSONSchema(schema, { io: 'input' })

const SCHEMAS: Readonly<Record<string, () => unknown>> = {
  flow: flowJsonSchema,
  segment: segmentJsonSchema,
  shops: plain(ShopsDefinition),
  coupon: plain(CouponDefinition),
  'stamp-card': plain(StampCardDefinition),
  tiers: plain(TiersDefinition)
}
const NAMES = Object.keys(SCHEMAS)

export const schemaCommand: Command = {
  usage: `schema [${NAMES.join('|')}]`,
  about: 'prints a JSON Schema as it is kept in flows/; flow is that of surveys and scenarios',
  async run(args, out) {
    const [name = 'flow'] = readArguments(args).rest
    const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined
    if (!schema) throw new UsageError(`There is no schema "${name}": ${NAMES.join(', ')}.`)
    out(`${JSON.stringify(schema(), null, 2)}\n`)
    return 0
  }
}
