/** Slack says no: { ok: false, error }. */
export class ApiError extends Error {
  readonly messages: readonly string[]

  constructor(code: string, messages: readonly string[] = []) {
    super(code)
    this.messages = messages
  }
}
