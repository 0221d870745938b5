import { z } from 'zod'

const LAST_TIMESTAMP_MS = Date.UTC(2100, 0, 1)

/** Where an event comes from: a person, or a chat of several. */
const LineSource = z.looseObject({
  type: z.string(),
  userId: z.string().min(1).max(200).optional(),
  groupId: z.string().min(1).max(200).optional(),
  roomId: z.string().min(1).max(200).optional()
})

/** What every LINE webhook event has; events of a type we do not know are kept and ignored. `timestamp` is epoch ms. */
export const LineEvent = z.looseObject({
  type: z.string().min(1).max(100),
  /** A ULID; bounded, because it is the key under which the event is kept. */
  webhookEventId: z.string().regex(/^[\w-]{1,64}$/),
  timestamp: z.int().min(0).max(LAST_TIMESTAMP_MS),
  /** "standby": another module of the account answers, we only watch. */
  mode: z.string().optional(),
  source: LineSource.optional(),
  replyToken: z.string().min(1).max(500).optional(),
  deliveryContext: z.looseObject({ isRedelivery: z.boolean() }).optional()
})
export type LineEvent = z.infer<typeof LineEvent>

/** A message's `id` names it in later events (unsend); only texts have `text`. `imageSet` numbers pictures sent at once. */
export const MessageEvent = z.looseObject({
  message: z
    .looseObject({
      id: z.string().min(1).max(100),
      type: z.string(),
      text: z.string().optional(),
      imageSet: z.looseObject({ id: z.string(), index: z.int().optional() }).optional()
    })
    .refine((message) => message.type !== 'text' || message.text !== undefined, 'a text message without a text')
})

/** `params` is what was picked: a day in a calendar is written 2026-11-28. */
export const PostbackEvent = z.looseObject({
  postback: z.looseObject({ data: z.string(), params: z.looseObject({ date: z.string().optional() }).optional() })
})
export const UnsendEvent = z.looseObject({ unsend: z.looseObject({ messageId: z.string().min(1).max(100) }) })

export const AccountLinkEvent = z.looseObject({
  link: z.looseObject({ result: z.string(), nonce: z.string().max(500) })
})

const plain = z.looseObject({})
const people = z.looseObject({ members: z.array(LineSource) })

/** What the events of each known type carry besides. */
const DETAILS: Readonly<Record<string, z.ZodType>> = {
  message: MessageEvent,
  messageEdited: plain,
  unsend: UnsendEvent,
  postback: PostbackEvent,
  follow: plain,
  unfollow: plain,
  join: plain,
  leave: plain,
  memberJoined: z.looseObject({ joined: people }),
  memberLeft: z.looseObject({ left: people }),
  videoPlayComplete: z.looseObject({ videoPlayComplete: z.looseObject({ trackingId: z.string() }) }),
  beacon: z.looseObject({ beacon: z.looseObject({ hwid: z.string(), type: z.string() }) }),
  accountLink: AccountLinkEvent,
  membership: z.looseObject({ membership: z.looseObject({ type: z.string() }) }),
  delivery: z.looseObject({ delivery: z.looseObject({ data: z.string() }) }),
  module: plain,
  activated: plain,
  deactivated: plain,
  botSuspended: plain,
  botResumed: plain
}

/** The day that a postback brings from a calendar; undefined when it brings none. */
export function pickedDay(event: LineEvent): string | undefined {
  const { data } = PostbackEvent.safeParse(event)
  return data?.postback.params?.date
}

/** The event when it has all that its type must have; undefined for anything odd. An unknown type is fine. */
export function readLineEvent(value: unknown): LineEvent | undefined {
  const base = LineEvent.safeParse(value)
  if (!base.success) return undefined
  const details = Object.hasOwn(DETAILS, base.data.type) ? DETAILS[base.data.type] : undefined
  return details && !details.safeParse(value).success ? undefined : base.data
}
