import type { z } from 'zod'
import type { DefinitionKind } from '../../platform/feature.ts'
import { explainIssues } from './rules/explain.ts'

/** What a kind says of a body that its schema alone decides on: the body with its defaults and its key, or all faults. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  keyOf: (body: z.output<Schema>) => string
): ReturnType<DefinitionKind['check']> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return { ok: true, key: keyOf(parsed.data), body: parsed.data }
  return { ok: false, faults: explainIssues(parsed.error) }
}
