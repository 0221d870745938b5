import { z } from 'zod'
import { PATH } from './path.ts'
import { FileScheme } from './scheme.ts'

const path = z.string().max(300).regex(PATH, 'write where it stands, such as data.object.id or lines[0].sku')
const scalar = z.union([z.string().max(200), z.number(), z.boolean()])
const value = z
  .union([
    path,
    z.strictObject({ value: scalar }),
    z.strictObject({ yen: path, currency: path.optional(), negative: z.literal(true).optional() })
  ])
  .describe(
    'A path; { value: … } = always this; { yen: path, currency: path } = an amount, refused unless in yen (negative: true = written with a minus).'
  )
const condition = z
  .union([
    scalar,
    z.array(scalar).min(1).max(50),
    z.strictObject({ not: z.union([scalar, z.array(scalar).min(1).max(50)]) }),
    z.strictObject({ exists: z.boolean() }),
    z.strictObject({ above: z.number() }),
    z.strictObject({ below: z.number() })
  ])
  .describe('This value, one of these, { not: … }, { exists: true }, { above: 0 } or { below: 0 }.')

/** The kinds of identity that a file may name. */
export const WHO_KINDS = ['app', 'ec', 'pos', 'billing', 'phone', 'email', 'anonymous'] as const

const rule = z.strictObject({
  when: z.record(path, condition).optional().describe('Conditions by path; all must hold. None = always.'),
  each: path.optional().describe('A list: one event for each entry, which paths reach as "item.…".'),
  event: z
    .string()
    .regex(/^[a-z][a-z0-9_.]{0,99}$/, 'write a name such as order.completed')
    .optional()
    .describe('A name of the catalogue, or your own. Left out = it only says which identities belong together.'),
  id: path.optional().describe('Unique among your events of this name; the same whenever it is told.'),
  at: path.optional().describe('When it happened. Left out = when it was told.'),
  shop: z.union([path, z.strictObject({ value: scalar })]).optional(),
  who: z.partialRecord(z.enum(WHO_KINDS), path).optional().describe('Whose it is, by kind of identity.'),
  about: z
    .record(z.string().max(60), path)
    .optional()
    .describe('What is said of them: name, birthday, gender, prefecture, …'),
  of_order: path.optional().describe('Instead of who: the id of an order.completed of this file.'),
  with: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/), value)
    .optional()
    .describe('The properties of the event.')
})

/** A file under flows/hooks/: how a system proves who it is, and what its webhooks mean. */
export const HookFile = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,31}$/, 'write 2 to 32 small letters, digits or hyphens, a letter first')
      .describe('The last part of the address, and the name of its secret in MATANE_HOOK_SECRETS.'),
    verify: FileScheme.describe('How the sender proves who it is.'),
    id: path.optional().describe('The id of a delivery: told again, it has the same. Standard Webhooks: webhook-id.'),
    topic: path.optional().describe('What a delivery is about; for logs.'),
    zone: z
      .string()
      .refine(isZone, 'write a time zone such as Asia/Tokyo')
      .optional()
      .describe('Of times that name none. Left out = MATANE_TIMEZONE.'),
    shops: z.record(z.string(), z.string()).optional().describe('Their name of a place: yours.'),
    events: z.array(rule).min(1).max(100)
  })
  .superRefine(({ key, events }, context) => {
    if (/^(stripe|shopify)(-|$)/.test(key))
      context.addIssue({ code: 'custom', path: ['key'], message: `${key} is built in: choose another name` })
    for (const [index, { event, id, who, of_order }] of events.entries()) {
      const fault = (message: string) => context.addIssue({ code: 'custom', path: ['events', index], message })
      if (event !== undefined && id === undefined)
        fault('"id" is missing: an event without one cannot be told from others')
      if (of_order && event === undefined) fault('"event" is missing: write what happened to the order')
      if (!who && !of_order) fault('write "who" (or "of_order"): an event belongs to somebody')
    }
  })
export type HookFile = z.infer<typeof HookFile>
export type HookRule = HookFile['events'][number]
export type HookCondition = z.infer<typeof condition>
export type HookValue = z.infer<typeof value>

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
