import { z } from 'zod'

/** Which page of whose card a button shows; it travels in the button, so that it is read with care. */
const PageRef = z.object({
  id: z.uuid(),
  /** The event below which the page begins; left out = from the top. */
  below: z.object({ at: z.iso.datetime().transform((at) => new Date(at)), id: z.uuid() }).optional()
})
export type PageRef = z.infer<typeof PageRef>

/** What a button or form carried: a page, or a customer's bare id. Undefined for anything that is not ours. */
export function parsePageRef(value: string): PageRef | undefined {
  if (!value.startsWith('{')) return PageRef.safeParse({ id: value }).data
  try {
    return PageRef.safeParse(JSON.parse(value)).data
  } catch {
    return undefined
  }
}
