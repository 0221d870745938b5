/** What came back: a status and parsed JSON (undefined when it was none), or why nothing did. */
export type Answer =
  | { readonly ok: true; readonly status: number; readonly headers: Headers; readonly body: unknown }
  | { readonly ok: false; readonly why: string }

const TIMEOUT_MS = 10_000

/** One HTTP request with a time-out; never throws, follows no redirect (a token must not travel elsewhere). */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const text = await response.text()
    return { ok: true, status: response.status, headers: response.headers, body: parsed(text) }
  } catch (error) {
    return { ok: false, why: reasonOf(error) }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message
}
