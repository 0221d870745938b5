import type { FileFault } from '../choose-layout.ts'

const REASONS = ['gone', 'no_scope', 'too_large'] as const

/** Why nothing of a file was taken, as it was stored: a fault of the file, or of its way here. */
export function refusalOf(
  stored: { readonly kind: string } | undefined
): FileFault | { reason: (typeof REASONS)[number] } {
  const reason = REASONS.find((each) => each === stored?.kind)
  if (reason) return { reason }
  return isFileFault(stored) ? stored : { reason: 'gone' }
}

const FAULTS: readonly string[] = ['empty', 'spreadsheet', 'line_chat', 'missing_columns', 'unclear_columns']

function isFileFault(stored: { readonly kind: string } | undefined): stored is FileFault {
  return stored !== undefined && FAULTS.includes(stored.kind)
}
