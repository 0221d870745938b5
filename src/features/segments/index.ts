import type { Feature } from '../../platform/feature.ts'
import { segmentKind } from './definition.ts'
import { jobs } from './jobs.ts'
import { personalData } from './personal-data.ts'
import { slack } from './slack/handlers.ts'

export { segmentAt, segmentKind, segmentOf } from './definition.ts'
export { findSegment, findSegments } from './find-segments.ts'
export { previewSegment } from './preview-segment.ts'
export { type Segment, segmentJsonSchema } from './rules/schema.ts'
export { segmentsOf } from './store/membership.ts'

/** Computed groups of customers: written by a shop as data, looked at before use, followed as people come and go. */
export const segmentsFeature: Feature = { name: 'segments', slack, jobs, definitions: [segmentKind], personalData }
