/** What a unit of work wants to tell another system about a customer. */
export interface WebhookIntent {
  /** Makes it one of a kind within its cause ("<run>:<visit>:<step>"): told once. */
  readonly name: string
  readonly customerId: string
  readonly url: string
  /** What is sent as JSON. */
  readonly body: Readonly<Record<string, unknown>>
}

/** What an outbox row of the channel holds, as JSON: the body as it is signed, byte for byte. */
export interface WebhookPayload {
  readonly url: string
  readonly body: string
}
