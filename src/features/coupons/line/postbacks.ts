import { z } from 'zod'
import { definePostback } from '../../../platform/line/index.ts'

/** 使う: the customer wants to use this coupon now. */
export const usePostback = definePostback('coupon.use', z.object({ serial: z.string().max(20) }))
/** Where the counter shows no code, staff are asked in Slack. */
export const callPostback = definePostback('coupon.call', z.object({ serial: z.string().max(20) }))
/** Not now after all. */
export const stopPostback = definePostback('coupon.stop', z.object({}))
/** The rest of the wallet. */
export const morePostback = definePostback('coupon.more', z.object({ skip: z.int().min(0).max(100_000) }))
