/** What points came or went for. "merge" puts right what each has, when a merge was undone after points were spent. */
export const ENTRY_KINDS = [
  ...(['order', 'visit', 'survey', 'present', 'staff'] as const),
  ...(['exchange', 'refund', 'expiry', 'merge'] as const)
] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]
