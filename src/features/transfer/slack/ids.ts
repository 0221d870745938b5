/** Names of the command's form and of a card's buttons. */
export const ACTION = {
  bring: 'transfer.bring',
  take: 'transfer.take',
  leave: 'transfer.leave',
  faults: 'transfer.faults'
} as const

/** block_ids of the form's fields. */
export const FIELD = { kind: 'kind', file: 'file' } as const
