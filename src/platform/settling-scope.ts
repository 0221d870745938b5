import type { Scope } from './scope.ts'

/** A scope that can wait for the work begun in the background. */
export interface SettlingScope extends Scope {
  /** Waits until no background work is left; false when that took longer than `withinMs`. */
  settle(withinMs: number): Promise<boolean>
}

/** One for a process on Node, one for each request on Workers. What fails in the background is logged and harms nothing else. */
export function createScope({ db, log, now, timeZone, linksAt }: Omit<Scope, 'waitUntil'>): SettlingScope {
  const pending = new Set<Promise<unknown>>()
  const settled = async () => {
    while (pending.size > 0) await Promise.all(pending)
    return true
  }
  return {
    db,
    log,
    now,
    timeZone,
    linksAt,
    waitUntil(work) {
      const watched = work
        .catch((error: unknown) => log.error('Background work failed', { error }))
        .finally(() => pending.delete(watched))
      pending.add(watched)
    },
    settle(withinMs) {
      const { promise: late, resolve } = Promise.withResolvers<false>()
      const timer = setTimeout(() => resolve(false), withinMs)
      return Promise.race([settled(), late]).finally(() => clearTimeout(timer))
    }
  }
}
