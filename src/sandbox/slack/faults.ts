import type { FakeFault } from './types.ts'

/** Makes calls go wrong on demand. */
export interface FakeFaults {
  readonly botToken: string
  /** The next `times` calls of this method ("chat.postMessage", "response/…" by prefix, "*" for any) go wrong. */
  failNext(method: string, fault: FakeFault, times?: number): void
  clear(): void
  around(method: string, request: Request, call: () => Promise<Response>): Promise<Response>
}

interface Pending {
  readonly method: string
  readonly fault: FakeFault
  left: number
}

/** No faults until asked. */
export function createFaults(botToken: string): FakeFaults {
  let pending: Pending[] = []
  const take = (method: string): FakeFault | undefined => {
    const found = pending.find((each) => each.method === '*' || method.startsWith(each.method))
    if (!found) return undefined
    found.left -= 1
    if (found.left <= 0) pending = pending.filter((each) => each !== found)
    return found.fault
  }
  return {
    botToken,
    failNext: (method, fault, times = 1) => {
      pending.push({ method, fault, left: times })
    },
    clear: () => {
      pending = []
    },
    async around(method, request, call) {
      const fault = take(method)
      if (!fault) return call()
      if (fault.kind !== 'lose_answer') return instead(fault, request)
      await call()
      throw new TypeError('fetch failed: the connection was lost')
    }
  }
}

async function instead(fault: Exclude<FakeFault, { kind: 'lose_answer' }>, request: Request): Promise<Response> {
  if (fault.kind === 'error') return Response.json({ ok: false, error: fault.error })
  if (fault.kind === 'status') return new Response('', { status: fault.status })
  if (fault.kind === 'hang') return untilGone(request.signal)
  const headers = { 'retry-after': String(fault.retryAfterSeconds) }
  return Response.json({ ok: false, error: 'ratelimited' }, { status: 429, headers })
}

/** Never answers; ends when the caller gives up. */
function untilGone(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const gone = () => reject(signal.reason ?? new Error('The caller gave up'))
    if (signal.aborted) gone()
    signal.addEventListener('abort', gone, { once: true })
  })
}
