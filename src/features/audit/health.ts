import type { Context } from '../../platform/feature.ts'
import { countPending, lastVerification } from './store/status.ts'

/** What /readyz tells of the log. A broken chain is for people to look into: the server works on. */
export async function health({ scope }: Context) {
  const { pending, since } = await countPending(scope.db)
  const verified = await lastVerification(scope.db)
  return {
    pending,
    oldestPendingSeconds: since ? Math.max(0, Math.round((scope.now().getTime() - since.getTime()) / 1000)) : 0,
    verifiedAt: verified?.at ?? null,
    intact: verified?.intact ?? null
  }
}
