import { z } from 'zod'
import { definePostback } from '../../../platform/line/index.ts'

/** What is to be exchanged, as it was shown. */
const offer = { coupon: z.string(), points: z.int().min(1) }

/** A page of the statement, below a line: epoch milliseconds and its id. */
export const statementPostback = definePostback('points.statement', z.object({ at: z.int(), id: z.uuid() }))
/** The first tap of an exchange: what is wished for. */
export const choosePostback = definePostback('points.choose', z.object(offer))
/** The second tap: yes. `once` names the exchange, so that it happens once however often this is tapped. */
export const exchangePostback = definePostback('points.exchange', z.object({ ...offer, once: z.string().max(60) }))
/** The second tap: no. */
export const keepPostback = definePostback('points.keep', z.object({}))
