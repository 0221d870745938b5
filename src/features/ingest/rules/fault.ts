/** What is wrong with one event, at a place such as "properties.amount"; `message` says what to send instead. */
export interface Fault {
  readonly field: string
  readonly message: string
}
