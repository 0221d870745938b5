import { z } from 'zod'

const header = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'write the name of a header in small letters, such as x-signature')

/** How a sender proves who it is, as a file under flows/hooks/ says. */
export const FileScheme = z.discriminatedUnion('by', [
  z
    .strictObject({ by: z.literal('standard') })
    .describe('Standard Webhooks (standardwebhooks.com): webhook-signature.'),
  z
    .strictObject({
      by: z.literal('hmac'),
      header: header.describe('Where the signature stands.'),
      encoding: z.enum(['hex', 'base64']),
      prefix: z.string().max(20).optional().describe('What stands before it, such as "sha256=".'),
      over: z
        .enum(['body', 'url_and_body'])
        .default('body')
        .describe('What is signed; the url is PUBLIC_URL/hooks/<key>.')
    })
    .describe('HMAC-SHA256 of the raw body.'),
  z
    .strictObject({
      by: z.literal('secret'),
      header: header.describe('authorization ("Bearer …") or one of your own.')
    })
    .describe('The secret itself in a header, for senders that cannot sign.')
])

export type Scheme = z.infer<typeof FileScheme> | { readonly by: 'stripe' }
