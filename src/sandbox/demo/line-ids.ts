import { idOf } from '../../core/ids.ts'

/** The LINE user id of a customer of the demo who is nobody of the cast. */
export function demoLineId(customerId: string): string {
  return `U${idOf('demo', 'line', customerId).replaceAll('-', '')}`
}

/** Made of a UUID of version 5, as `idOf` makes them. */
const MADE_UP = /^U[0-9a-f]{12}5[0-9a-f]{3}[89ab][0-9a-f]{15}$/

/** Whether somebody may be such a customer: they have a phone, which nobody sees. */
export function isDemoLineId(userId: string): boolean {
  return MADE_UP.test(userId)
}
