import type { Result } from '../../core/result.ts'
import { textMessage } from '../../platform/line/index.ts'
import { may, type StaffMember } from '../../platform/slack/index.ts'
import type { Work } from '../../platform/work.ts'
import { customerSummary } from '../customers/index.ts'
import { carryOut } from './carry-out.ts'
import { changeRequest, type NotChanged } from './change-request.ts'
import type { PrivacyPort } from './port.ts'
import type { RightsRequest } from './store.ts'
import { TEXTS } from './texts.ts'
import { standingMessage } from './view.ts'

export interface Decision {
  readonly id: string
  readonly by: StaffMember
  /** Gets the link to the data of a customer whom LINE does not reach: whoever approved passes it on. */
  readonly handOver?: (link: string) => void
  readonly decide:
    | { readonly kind: 'approve'; readonly name?: string | undefined }
    | { readonly kind: 'decline'; readonly reason: string }
}

/** What staff decide: carried out at once, but for an erasure, which waits its grace period; the customer is told. */
export async function decideRequest(
  work: Work,
  { id, by, decide, handOver }: Decision,
  port: PrivacyPort | undefined
): Promise<Result<RightsRequest, NotChanged>> {
  const reason = decide.kind === 'decline' ? { reason: decide.reason } : {}
  const changed = await changeRequest(work, {
    ...{ id, step: decide.kind, actor: { kind: 'staff', id: by.id } as const, erasures: may(by.role, 'manager') },
    ...reason
  })
  if (!changed.ok) return changed
  const request = changed.value
  if (decide.kind === 'approve' && request.right !== 'erase')
    return { ok: true, value: await carryOut(work, request, { port, name: decide.name, handOver }) }
  const { customerId, right } = request
  const locale = (await customerSummary(work.tx, work.cipher, customerId))?.locale ?? 'ja'
  const texts = TEXTS[locale]
  const told =
    decide.kind === 'decline'
      ? textMessage(texts.declined(texts.names[right], decide.reason))
      : standingMessage(request, { locale, timeZone: work.timeZone })
  work.tell(customerId, [told])
  return changed
}
