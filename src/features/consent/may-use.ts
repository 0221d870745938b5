import type { Tx } from '../../platform/db/index.ts'
import { currentPolicy } from './definition.ts'
import { isAllowed } from './rules/definition.ts'
import { PURPOSES, type Purpose } from './rules/purpose.ts'
import { newestAnswers } from './store.ts'

/** Whether a customer's data may be used for a purpose. */
export async function mayUse(tx: Tx, customerId: string, purpose: Purpose): Promise<boolean> {
  return (await mayUseAll(tx, [customerId], purpose)).has(customerId)
}

/** Those among the customers whose data may be used for a purpose. Two statements, however many they are. */
export async function mayUseAll(tx: Tx, customerIds: readonly string[], purpose: Purpose): Promise<Set<string>> {
  if (purpose === 'service') return new Set(customerIds)
  const policy = await currentPolicy(tx)
  const answers = await newestAnswers(tx, customerIds)
  return new Set(customerIds.filter((id) => isAllowed(policy, purpose, answers.get(id)?.get(purpose))))
}

/** The purposes that are allowed for customers who have not answered. */
export async function allowedByDefault(tx: Tx): Promise<Purpose[]> {
  const policy = await currentPolicy(tx)
  return PURPOSES.filter((purpose) => isAllowed(policy, purpose, undefined))
}
