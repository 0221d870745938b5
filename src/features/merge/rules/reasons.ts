/**
 * Why two customers are one: an event named both, they share a contact or a browser (suggestions of `chooseCustomer`), the
 * person linked their accounts, showed a code from a receipt, or staff know.
 */
export const MERGE_REASONS = ['same_event', 'same_contact', 'same_browser', 'account_link', 'receipt', 'staff'] as const
/** As above. */
export type MergeReason = (typeof MERGE_REASONS)[number]
