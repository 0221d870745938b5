import { customerCipher, type FieldCipher, type Tx } from '../../../platform/db/index.ts'
import type { FollowUp } from './follow-ups.ts'

const DETAIL = 'follow_up_activity.detail'

/** What somebody did. `actor` is a Slack user id, "customer" or "matane". */
export interface Activity {
  readonly followUp: Pick<FollowUp, 'id' | 'customerId'>
  readonly actor: string
  readonly action: string
  readonly detail?: string | undefined
  readonly cause: string
  readonly at: Date
}

/** Writes down what was done; false when the same cause already did it. */
export async function insertActivity(tx: Tx, cipher: FieldCipher, activity: Activity): Promise<boolean> {
  const { detail, followUp, ...fields } = activity
  const seal = async (text: string) => (await customerCipher({ tx, cipher }, followUp.customerId)).seal(DETAIL, text)
  const detailSealed = detail === undefined ? null : await seal(detail)
  const { count } = await tx.followUpActivity.createMany({
    data: [{ ...fields, followUpId: followUp.id, detailSealed }],
    skipDuplicates: true
  })
  return count === 1
}

/** Whether this cause already did this: the same click told twice. */
export async function wasDone(tx: Tx, followUpId: string, { cause, action }: { cause: string; action: string }) {
  const where = { followUpId_cause_action: { followUpId, cause, action } }
  return (await tx.followUpActivity.findUnique({ where, select: { id: true } })) !== null
}
