import { z } from 'zod'

/** Why a delivery cannot be taken, however often it is told. Quotes nothing personal: places and codes only. */
export class Refusal extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'Refusal'
  }
}

/** A value of this form, or a Refusal that names the places that are not. */
export function expectForm<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map(({ path }) => path.map(String).join('.') || 'all of it')
  throw new Refusal(`${what} is not of the form we know, at: ${[...new Set(places)].slice(0, 5).join(', ')}`)
}

/** Ids may come as numbers. */
export const Id = z.union([z.string().min(1), z.int()]).transform(String)

/** What may be missing in several ways. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined)
