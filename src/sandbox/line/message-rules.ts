import { z } from 'zod'

/** LINE's rules for message objects, written down on their own: a fault in our builders must not hide here as well. */

const graphemes = (max: number) =>
  z.string().refine((text) => [...new Intl.Segmenter('ja').segment(text)].length <= max, {
    message: `Length must be between 0 and ${max}`
  })
const units = (max: number) => z.string().min(1, 'May not be empty').max(max, `Length must be between 0 and ${max}`)
const fits = (maxBytes: number) => (value: unknown) => Buffer.byteLength(JSON.stringify(value)) <= maxBytes

/** A date, a time, or both, as a picker takes them. */
const pickable = z
  .string()
  .regex(/^(?:\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2})$/, 'Invalid date')
const action = (labelMax: number) =>
  z.discriminatedUnion('type', [
    z.looseObject({
      type: z.literal('postback'),
      label: graphemes(labelMax).optional(),
      data: units(300),
      displayText: graphemes(300).optional()
    }),
    z.looseObject({ type: z.literal('message'), label: graphemes(labelMax).optional(), text: graphemes(300).min(1) }),
    z.looseObject({
      type: z.literal('uri'),
      label: graphemes(labelMax).optional(),
      uri: units(1000).regex(/^(https?|line|tel|lineworks):\S+$/, 'Invalid action URI')
    }),
    z.looseObject({
      type: z.literal('datetimepicker'),
      label: graphemes(labelMax).optional(),
      data: units(300),
      mode: z.enum(['date', 'time', 'datetime']),
      initial: pickable.optional(),
      max: pickable.optional(),
      min: pickable.optional()
    }),
    ...(['camera', 'cameraRoll', 'location', 'clipboard'] as const).map((type) =>
      z.looseObject({ type: z.literal(type), label: graphemes(labelMax).optional() })
    )
  ])

const color = z.string().regex(/^#([0-9a-f]{6}|[0-9a-f]{8})$/i, 'Invalid property')
const look = { color: color.optional(), action: action(40).optional() }
const httpsUrl = units(2000).regex(/^https:\/\//, 'Must be HTTPS')

/** Parts of a Flex message; a box holds further ones. */
const Part: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', [
    Box,
    z
      .looseObject({
        type: z.literal('text'),
        ...look,
        text: z.string().optional(),
        contents: z.array(Part).optional()
      })
      .refine((text) => Boolean(text.text) || Boolean(text.contents?.length), 'must be non-empty text'),
    z.looseObject({ type: z.literal('span'), text: units(5000), color: color.optional() }),
    z.looseObject({ type: z.literal('image'), url: httpsUrl, action: look.action }),
    z.looseObject({ type: z.literal('icon'), url: httpsUrl }),
    z.looseObject({
      type: z.literal('button'),
      action: action(40).refine((button) => Boolean(button.label), 'label is required'),
      style: z.enum(['primary', 'secondary', 'link']).optional()
    }),
    z.looseObject({ type: z.literal('separator'), color: color.optional() }),
    z.looseObject({ type: z.literal('filler') }),
    z.looseObject({ type: z.literal('video') })
  ])
)
const Box = z.looseObject({
  type: z.literal('box'),
  layout: z.enum(['horizontal', 'vertical', 'baseline']),
  contents: z.array(Part),
  backgroundColor: color.optional(),
  borderColor: color.optional(),
  action: look.action
})
const Bubble = z
  .looseObject({
    type: z.literal('bubble'),
    size: z.enum(['nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga']).optional(),
    header: Box.optional(),
    hero: Part.optional(),
    body: Box.optional(),
    footer: Box.optional(),
    action: look.action
  })
  .refine(fits(30 * 1024), 'size must not exceed 30 KB')
const Carousel = z
  .looseObject({ type: z.literal('carousel'), contents: z.array(Bubble).min(1).max(12) })
  .refine(fits(50 * 1024), 'size must not exceed 50 KB')

const quickReply = z
  .object({
    items: z
      .array(z.looseObject({ type: z.literal('action'), action: action(20) }))
      .min(1)
      .max(13)
  })
  .optional()

const Message = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: units(5000), quickReply }),
  z.looseObject({
    type: z.literal('flex'),
    altText: units(1500),
    contents: z.discriminatedUnion('type', [Bubble, Carousel]),
    quickReply
  }),
  z.looseObject({ type: z.literal('sticker'), packageId: z.string(), stickerId: z.string(), quickReply }),
  z.looseObject({ type: z.literal('image'), originalContentUrl: httpsUrl, previewImageUrl: httpsUrl, quickReply }),
  z.looseObject({
    type: z.literal('template'),
    altText: units(1500),
    template: z.looseObject({ type: z.string() }),
    quickReply
  })
])
const Messages = z.array(Message).min(1).max(5)

/** What LINE would object to, with the place of each fault as LINE names it ("messages[0].text"); empty = fine. */
export function messageFaults(messages: unknown): { message: string; property: string }[] {
  const parsed = Messages.safeParse(messages)
  if (parsed.success) return []
  return parsed.error.issues.map(({ message, path }) => ({ message, property: placeOf(path) }))
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, step) => (typeof step === 'number' ? `${place}[${step}]` : `${place}.${String(step)}`),
    'messages'
  )
}
