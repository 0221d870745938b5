import { z } from 'zod'
import { base, Text } from './words.ts'

/** What a flow may say besides plain words. What no schema can state: say-faults.ts. */

const Image = z.strictObject({
  url: z.string().meta({ description: 'Where the picture is, with https: a JPEG or PNG of at most 10 MB.' }),
  preview: z
    .string()
    .optional()
    .meta({ description: 'A smaller one for the chat, at most 1 MB; without it, the same.' })
})

const Button = z.strictObject({
  label: Text,
  open: z
    .string()
    .optional()
    .meta({ description: 'Opens this address: https://…, tel:… or https://line.me/…. A tap on a page is counted.' }),
  say: z.string().optional().meta({ description: 'Says this word in the customer’s name, such as クーポン.' })
})
const Buttons = z.array(Button).min(1).max(4)

/** How a card looks. */
export const LAYOUTS = ['photo', 'plain', 'coupon', 'quote'] as const

const Card = z.strictObject({
  layout: z.enum(LAYOUTS).meta({
    description:
      'photo: a picture above title and text. plain: title and text. coupon: the title on the shop’s colour. quote: the text as words that somebody said, the title is who.'
  }),
  title: Text,
  body: Text,
  image: z.string().optional().meta({ description: 'A picture, with https, 20:13; a photo card needs one.' }),
  buttons: Buttons.optional()
})

export const Say = z.strictObject({
  ...base,
  do: z.literal('say'),
  text: Text.optional(),
  image: Image.optional().meta({ description: 'A picture, sent before the text.' }),
  buttons: Buttons.optional().meta({ description: 'Under the text, up to four.' }),
  card: Card.optional().meta({ description: 'A drawn card, in place of text, image and buttons.' })
})

export type SayStep = z.infer<typeof Say>
export type SayButton = z.infer<typeof Button>
export type SayCard = z.infer<typeof Card>
