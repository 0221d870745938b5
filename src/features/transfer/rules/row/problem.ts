import type { Field } from '../fields.ts'

/** Why a row is not taken. What to do about each is said in texts.ts. */
export type RowProblem =
  | 'encoding'
  | 'quotes'
  | 'no_customer'
  | 'bad_identity'
  | 'bad_matane_id'
  | 'no_date'
  | 'bad_date'
  | 'date_order'
  | 'too_early'
  | 'too_late'
  | 'no_amount'
  | 'bad_amount'
  | 'too_large'
  | 'bad_order_id'
  | 'bad_shop'
  | 'bad_tag'
  | 'bad_attribute'
  | 'bad_consent'
  | 'bad_event'
  | 'unfit'

/** Something wrong with a row, at a column of its own names (undefined = the row as a whole). */
export interface RowFault {
  readonly problem: RowProblem
  readonly field?: Field | undefined
  /** What stands there; may be personal, so it is shown to whoever imports, and never logged. */
  readonly value?: string | undefined
}

/** A row as it is understood, or why it is not. */
export type Parsed<Row> = { readonly row: Row } | { readonly fault: RowFault }
