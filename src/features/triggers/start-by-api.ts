import { ok, type Result } from '../../core/result.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { findCustomer, type ToldIdentity } from '../customers/index.ts'
import { type Entry, publishedFlow, startRun } from '../flows/index.ts'

export interface StartingByApi {
  /** Its id. */
  readonly flow: string
  /** All that say who it is; at least one. */
  readonly identities: readonly ToldIdentity[]
  /** The name of the source whose key it came with. */
  readonly source: string
}

export type StartFault =
  | { readonly kind: 'unknown_flow' }
  | { readonly kind: 'unknown_customer' }
  /** The identities belong to different customers. */
  | { readonly kind: 'several_customers' }

/**
 * Starts a flow for a customer whom another system names, however it starts otherwise. once_per, consent and quiet hours hold
 * as ever. Once for the cause of the work: a message that is sent twice starts nothing twice.
 */
export async function startByApi(
  work: Work,
  { flow, identities, source }: StartingByApi
): Promise<Result<Entry, StartFault>> {
  const found = await publishedFlow(work.tx, flow)
  if (!found) return { ok: false, kind: 'unknown_flow' }
  const known = new Set<string>()
  for (const identity of identities) {
    const customerId = await findCustomer(work.tx, work.cipher, identity)
    if (customerId) known.add(customerId)
  }
  const [customerId, ...others] = known
  if (customerId === undefined) return { ok: false, kind: 'unknown_customer' }
  if (others.length > 0) return { ok: false, kind: 'several_customers' }
  const entry = await startRun(work, { customerId, definition: found.definition })
  await recordAudit(work, {
    actor: { kind: 'source', id: source },
    action: 'flow.start',
    subject: { type: 'definition', id: `${found.definition.kind} ${flow}` },
    customerId,
    detail: { outcome: entry }
  })
  return ok(entry)
}
