import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { DeliveryError, type Sender } from '../queue/types.ts'
import type { WebhookPayload } from './intent.ts'

/** What another system answered. */
export interface WebhookAnswer {
  readonly status: number
  readonly retryAfter: string | undefined
}

/** Posts a body to an address, and follows no redirection. Throws when there is no answer. */
export type PostWebhook = (url: string, request: WebhookRequest) => Promise<WebhookAnswer>

export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal: AbortSignal
}

/** An address that is never posted to, such as one inside our own network: its row is laid aside at once. */
export class AddressRefused extends Error {}

export interface WebhookSenderDeps {
  /** "whsec_…", as Standard Webhooks writes them; undefined = nothing is sent. */
  readonly secret: string | undefined
  readonly post: PostWebhook
}

const TIMEOUT_MS = 10_000
const Payload = z.object({ url: z.string(), body: z.string() }) satisfies z.ZodType<WebhookPayload>

/**
 * Tells other systems, signed as Standard Webhooks says: the row's id is the webhook-id, whatever the try, and each try is
 * signed anew, because receivers refuse old timestamps. 2xx is done, 410 and what can't be asked are never tried again.
 */
export function webhookSender({ secret, post }: WebhookSenderDeps): Sender {
  return {
    channel: 'webhook',
    async send(_scope, { id, payload }, attempt) {
      if (!secret) throw refused('MATANE_WEBHOOK_SECRET is not set: nothing is sent unsigned', 'never')
      const { url, body } = Payload.parse(JSON.parse(payload))
      const at = new Date()
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body)
      }
      await attempt('webhook', async () => {
        const answer = await post(url, { headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(unanswered)
        const { status, retryAfter } = answer
        if (status < 200 || status > 299) throw refusal(status, retryAfter)
      })
      return { outcome: 'delivered' }
    }
  }
}

function unanswered(error: unknown): never {
  if (error instanceof AddressRefused) throw refused(error.message, 'never')
  throw new DeliveryError('the webhook was not answered', { retry: 'later', answered: false, cause: error })
}

function refusal(status: number, retryAfter: string | undefined): DeliveryError {
  const seconds = Number(retryAfter)
  return new DeliveryError(`the webhook was answered with ${status}`, {
    ...{ retry: status === 410 ? 'never' : 'later', answered: true, status },
    ...(retryAfter && seconds > 0 && seconds <= 3_600 && { retryAfterSeconds: seconds })
  })
}

function refused(message: string, retry: 'never' | 'later'): DeliveryError {
  return new DeliveryError(message, { retry, answered: true })
}

/** The runtime's own fetch: on Cloudflare Workers it reaches nothing but the public internet. */
export const fetchWebhook: PostWebhook = async (url, { headers, body, signal }) => {
  const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
  await answer.body?.cancel()
  return { status: answer.status, retryAfter: answer.headers.get('retry-after') ?? undefined }
}
