/** Kinds of those who act: people of the team, customers, Matane and its operators themselves, sources of data. */
export const ACTOR_KINDS = ['staff', 'customer', 'system', 'source'] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

/** Everything that is written down, by the name it is stored under. A new one needs its words in texts.ts. */
export const ACTIONS = [
  'audit.view',
  'audit.erase',
  'customer.link',
  'customer.merge',
  'customer.unmerge',
  'customer.apart',
  'customer.card',
  'customer.search',
  'customer.tag',
  'customer.view',
  'data.export',
  'data.export_end',
  'data.export_link',
  'data.import',
  'customer.erase',
  'customer.export',
  'customer.export_open',
  'coupon.give',
  'coupon.use',
  'coupon.undo',
  'coupon.withdraw',
  'coupon.pause',
  'coupon.resume',
  'definition.publish',
  'definition.retire',
  'flow.pause',
  'flow.resume',
  'flow.start',
  'follow_up.open',
  'follow_up.claim',
  'follow_up.assign',
  'follow_up.snooze',
  'follow_up.resolve',
  'follow_up.reopen',
  'follow_up.tag',
  'metric.ask',
  'points.adjust',
  'segment.view',
  'rights.request',
  'rights.approve',
  'rights.decline',
  'rights.cancel',
  'rights.done',
  'setting.change',
  'staff.role',
  'stamp.give',
  'stamp.void'
] as const
export type Action = (typeof ACTIONS)[number]

/** What is done something to, or looked at. */
export const SUBJECT_TYPES = [
  'audit',
  'coupon',
  'customer',
  'data',
  'definition',
  'follow_up',
  'metric',
  'segment',
  'rights_request',
  'setting',
  'staff'
] as const
export type SubjectType = (typeof SUBJECT_TYPES)[number]

/** What a detail may say. `staff` is always a Slack user id, days are written "2026-11-21", times as ISO 8601. */
export const DETAIL_KEYS = [
  'staff',
  'role',
  'before',
  'value',
  'until',
  'outcome',
  'added',
  'removed',
  'version',
  'from',
  'to',
  'view',
  'filter',
  'rows',
  'imported',
  'other',
  'reason'
] as const
export type DetailKey = (typeof DETAIL_KEYS)[number]
export type Detail = Readonly<Partial<Record<DetailKey, string | number>>>

/** Who did what to what, and about whom. */
export interface AuditEntry {
  /** `id`: a Slack user id, a customer's id, "slack", "flows", the name of a source. */
  readonly actor: { readonly kind: ActorKind; readonly id: string }
  readonly action: Action
  /** `id` as people or the store name it: 812 of a follow-up, "survey nps", a metric. */
  readonly subject: { readonly type: SubjectType; readonly id: string }
  /** Whom it is about, if anybody. */
  readonly customerId?: string | undefined
  /** Sealed in the store, forgotten when the customer is erased. No words of customers: only what was done. */
  readonly detail?: Detail | undefined
}
