import { z } from 'zod'

/** A LINE webhook event, parsed; events of a type we do not know are kept and ignored. */
export const LineEvent = z.looseObject({
  type: z.string(),
  webhookEventId: z.string(),
  timestamp: z.number()
})
export type LineEvent = z.infer<typeof LineEvent>
