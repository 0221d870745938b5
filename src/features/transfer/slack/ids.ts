/** Names of the commands' forms and of a card's buttons. */
export const ACTION = {
  bring: 'transfer.bring',
  take: 'transfer.take',
  leave: 'transfer.leave',
  faults: 'transfer.faults',
  export: 'transfer.export'
} as const

/** block_ids of the forms' fields. */
export const FIELD = { kind: 'kind', file: 'file', choice: 'choice' } as const
