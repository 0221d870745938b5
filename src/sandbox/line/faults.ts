/** An answer in place of the real one. */
export interface FaultAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** "hang": no answer, nothing done. "lose-answer": done, but the connection breaks before the answer is there. */
export type Fault = FaultAnswer | 'hang' | 'lose-answer'

/** LINE's two 429s. */
export const RATE_LIMITED: FaultAnswer = {
  status: 429,
  headers: { 'retry-after': '1' },
  body: { message: 'The API rate limit has been exceeded. Try again later.' }
}
export const MONTHLY_LIMIT_REACHED: FaultAnswer = {
  status: 429,
  body: { message: 'You have reached your monthly limit.' }
}

export interface Faults {
  /** The next `times` calls whose path ends with `path` ("/push", "" = any) go wrong. */
  failNext(path: string, fault: Fault, times?: number): void
  /** Ends all faults; calls that hang are answered 503. */
  clear(): void
}

interface Planned {
  readonly path: string
  readonly fault: Fault
  left: number
}

/** Faults on demand; `take` finds and uses up the one for a call. */
export function createFaults(): Faults & {
  take(path: string): Fault | undefined
  hang(signal: AbortSignal): Promise<Response>
} {
  let planned: Planned[] = []
  const hanging = new Set<() => void>()
  return {
    failNext(path, fault, times = 1) {
      planned.push({ path, fault, left: times })
    },
    clear() {
      planned = []
      for (const release of hanging) release()
    },
    take(path) {
      const found = planned.find((plan) => path.endsWith(plan.path))
      if (!found) return undefined
      found.left -= 1
      if (found.left <= 0) planned = planned.filter((plan) => plan !== found)
      return found.fault
    },
    hang: (signal) =>
      new Promise((resolve) => {
        const release = () => {
          hanging.delete(release)
          resolve(new Response(null, { status: 503 }))
        }
        hanging.add(release)
        signal.addEventListener('abort', release, { once: true })
      })
  }
}

/** The answer as its reader loses it: the connection ends long before as much has come as was announced. */
export function brokenAnswer({ status }: Response): Response {
  const headers = { 'content-type': 'application/json', 'content-length': '4096', connection: 'close' }
  return new Response('{', { status, headers })
}
