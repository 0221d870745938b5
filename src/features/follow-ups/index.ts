export { type OpenedFollowUp, openFollowUp } from './open-follow-up.ts'
export { DUE, type NewReason, type Priority, type ReasonKind } from './rules/reason.ts'
