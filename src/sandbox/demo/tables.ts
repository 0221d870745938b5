import type { Table } from './bulk.ts'

/** The columns the demo fills, by table. */
export const CUSTOMER: Table = {
  name: 'customer',
  columns: { id: 'uuid', name_sealed: 'text', name_hash: 'text', locale: 'text', created_at: 'timestamptz' }
}
export const IDENTITY: Table = {
  name: 'identity',
  columns: {
    id: 'uuid',
    customer_id: 'uuid',
    channel: 'text',
    external_hash: 'text',
    external_sealed: 'text',
    profile_at: 'timestamptz',
    created_at: 'timestamptz'
  }
}
export const CONSENT: Table = {
  name: 'consent_change',
  columns: {
    customer_id: 'uuid',
    purpose: 'text',
    status: 'text',
    version: 'int4',
    source: 'text',
    cause: 'text',
    at: 'timestamptz'
  }
}
export const SURVEY_RESPONSE: Table = {
  name: 'survey_response',
  columns: {
    id: 'uuid',
    customer_id: 'uuid',
    survey: 'text',
    definition_id: 'uuid',
    run_id: 'uuid',
    score: 'int4',
    scored_at: 'timestamptz',
    started_at: 'timestamptz'
  }
}
export const SURVEY_ANSWER: Table = {
  name: 'survey_answer',
  columns: {
    id: 'uuid',
    response_id: 'uuid',
    customer_id: 'uuid',
    question: 'text',
    number: 'int4',
    text_sealed: 'text',
    cause: 'text',
    answered_at: 'timestamptz'
  }
}
export const STAMP_CARD: Table = {
  name: 'stamp_card',
  columns: {
    id: 'uuid',
    customer_id: 'uuid',
    programme: 'text',
    definition_id: 'uuid',
    number: 'int4',
    started_at: 'timestamptz',
    expires_at: 'timestamptz',
    completed_at: 'timestamptz'
  }
}
export const STAMP: Table = {
  name: 'stamp',
  columns: {
    id: 'uuid',
    customer_id: 'uuid',
    card_id: 'uuid',
    position: 'int4',
    shop: 'text',
    cause: 'text',
    code: 'text',
    granted_at: 'timestamptz'
  }
}
export const COUPON_GRANT: Table = {
  name: 'coupon_grant',
  columns: {
    id: 'uuid',
    customer_id: 'uuid',
    coupon: 'text',
    definition_id: 'uuid',
    serial: 'text',
    cause: 'text',
    granted_at: 'timestamptz',
    expires_at: 'timestamptz'
  }
}
export const FOLLOW_UP: Table = {
  name: 'follow_up',
  columns: {
    id: 'uuid',
    customer_id: 'uuid',
    version: 'int4',
    priority: 'text',
    due_at: 'timestamptz',
    assignee_id: 'text',
    responded_at: 'timestamptz',
    resolved_at: 'timestamptz',
    resolved_by: 'text',
    outcome: 'text',
    opened_at: 'timestamptz'
  }
}
export const FOLLOW_UP_REASON: Table = {
  name: 'follow_up_reason',
  columns: {
    id: 'uuid',
    follow_up_id: 'uuid',
    customer_id: 'uuid',
    kind: 'text',
    score: 'int4',
    words_sealed: 'text',
    cause: 'text',
    at: 'timestamptz'
  }
}
export const FOLLOW_UP_ACTIVITY: Table = {
  name: 'follow_up_activity',
  columns: { id: 'uuid', follow_up_id: 'uuid', actor: 'text', action: 'text', cause: 'text', at: 'timestamptz' }
}
export const POINTS_ENTRY: Table = {
  name: 'points_entry',
  columns: { id: 'uuid', customer_id: 'uuid', kind: 'text', points: 'int4', cause: 'text', at: 'timestamptz' }
}
export const POINTS_LOT: Table = {
  name: 'points_lot',
  columns: {
    id: 'uuid',
    customer_id: 'uuid',
    entry_id: 'uuid',
    points: 'int4',
    remaining: 'int4',
    earned_at: 'timestamptz',
    expires_at: 'timestamptz'
  }
}
